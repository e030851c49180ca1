package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Addresses;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A worker all of whose threads stand still, as a long garbage collection makes them: here by
 * SIGSTOP, which is as long as the test wants.
 */
class PauseIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  private PreforkServer server(Duration requestTimeout) {
    return servers.start(servers.builder().workers(1).requestTimeout(requestTimeout));
  }

  private static InetSocketAddress address(PreforkServer server) {
    return Addresses.first(server);
  }

  private static long pid(PreforkServer server) {
    return server.status().workers().getFirst().pid();
  }

  /** Stops the server's only worker while a worker of another server sleeps so long. */
  private void pause(PreforkServer server, long millis) {
    PreforkServer clock = servers.start(servers.builder().workers(1));
    Processes.signal("STOP", pid(server));
    assertThat(Client.ask(address(clock), "sleep " + millis + "\n")).isNotEmpty();
    Processes.signal("CONT", pid(server));
  }

  @Test
  void withinTheRequestTimeoutItKillsNobody() {
    PreforkServer server = server(Duration.ofSeconds(20));
    long pid = pid(server);
    try (Client client = Client.connect(address(server)).send("wait\n")) {
      assertThat(client.readLine()).isEqualTo(Long.toString(pid));
      pause(server, 2_000);
      assertThat(client.send("now\n").readAll()).isEqualTo("went on with now\n");
    }
    assertThat(Client.ask(address(server), "pid\n").trim()).isEqualTo(Long.toString(pid));
    assertThat(server.deaths()).isEmpty();
  }

  @Test
  void longerThanTheRequestTimeoutItKillsNobodyWhoServesNothing() {
    PreforkServer server = server(Duration.ofSeconds(1));
    long pid = pid(server);
    pause(server, 2_500);
    assertThat(Client.ask(address(server), "pid\n").trim()).isEqualTo(Long.toString(pid));
    assertThat(server.deaths()).isEmpty();
  }
}
