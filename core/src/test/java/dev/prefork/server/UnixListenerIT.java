package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.ObedientHandler;
import dev.prefork.testing.UnixClient;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workers that share a Unix-domain socket. */
class UnixListenerIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();
  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("test.sock");
  }

  private void assertServed(PreforkServer server) throws Exception {
    Set<String> pids = new HashSet<>();
    Await.until(
        "both workers to answer",
        () -> {
          pids.add(UnixClient.ask(path(), "pid\n"));
          return pids.size() == 2;
        });
    // What the client sends beyond the request is dropped, and does not cost it the answer.
    assertThat(UnixClient.ask(path(), "echo hello\n" + "x".repeat(100_000))).isEqualTo("hello\n");
    server.stop("the test");
    assertThat(server.await().cause()).isEqualTo("the test: 2 workers drained, 0 cut");
    assertThat(path()).doesNotExist();
  }

  @Test
  void everyWorkerServesIt() throws Exception {
    assertServed(
        servers.start(
            PreforkServer.builder(ObedientHandler.class)
                .listen("unix:" + path())
                .workers(2)
                .spares(0)
                .onEvent(servers.log())));
  }

  @Test
  void everyWorkerServesItBesideAPort() throws Exception {
    PreforkServer server = servers.start(servers.builder().listen("unix:" + path()));
    assertThat(Client.ask(Addresses.first(server), "echo hello\n")).isEqualTo("hello\n");
    assertServed(server);
  }
}
