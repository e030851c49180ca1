package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.OddHandlers;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The library in an application's JVM: this one. */
class EmbeddingIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  private static String ask(PreforkServer server, String request) {
    return Client.ask(Addresses.first(server), request);
  }

  @Test
  void startsServesStopsAndStartsAgainFromTheSameBuilder() throws Exception {
    PreforkServerBuilder builder = servers.builder();
    for (int i = 0; i < 2; i++) {
      PreforkServer server = servers.start(builder);
      InetSocketAddress address = Addresses.first(server);
      assertThat(address.getPort()).isPositive();
      assertThat(ask(server, "echo hello\n")).isEqualTo("hello\n");
      server.stop("the test");
      ServerEvent.Stopped end = server.await();
      assertThat(end.status()).isEqualTo(ExitStatus.OK);
      assertThat(end.cause()).isEqualTo("the test: 2 workers drained, 0 cut");
      assertThat(Client.refused(address)).isTrue();
      assertThat(server.status().phase()).isEqualTo(Phase.STOPPED);
    }
    assertThat(servers.log().all(ServerEvent.Stopped.class)).hasSize(2);
  }

  @Test
  void twoServersRunSideBySide() {
    PreforkServer one = servers.start(servers.builder());
    PreforkServer other = servers.start(servers.builder());
    assertThat(one.addresses()).isNotEqualTo(other.addresses());
    assertThat(ask(one, "echo one\n")).isEqualTo("one\n");
    one.close();
    assertThat(ask(other, "echo other\n")).isEqualTo("other\n");
  }

  @Test
  void growsAndShrinksAndTellsSo() {
    PreforkServer server = servers.start(servers.builder().maxWorkers(3));
    assertThat(server.status().ready()).isEqualTo(2);
    server.resize(10, "the test");
    Await.until("3 workers", () -> server.status().ready() == 3);
    assertThat(server.status().wanted()).isEqualTo(3);
    server.resizeBy(-2, "the test");
    Await.until("1 worker", () -> server.status().workers().size() == 1);
    server.resize(0, "the test");
    Await.until("no worker", () -> server.status().workers().isEmpty());
    server.resizeBy(1, "the test");
    assertThat(ask(server, "echo back\n")).isEqualTo("back\n");
    ServerStatus status = server.status();
    assertThat(status.spawned()).isEqualTo(4);
    assertThat(status.deaths()).isZero();
  }

  @Test
  void anApplicationThatNoWorkerCanConstructIsRefusedAndLeavesNothing() {
    servers.expect("the database is down", "\\tat ");
    assertThatThrownBy(() -> servers.start(servers.builder(OddHandlers.Failing.class)))
        .isInstanceOfSatisfying(
            PreforkException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.FAILED))
        .hasMessageContaining("could not start: 5 starts in a row failed")
        .hasMessageContaining("the database is down");
  }

  @Test
  void startReturnsDegradedIfSomeWorkersCannotGetReady() {
    servers.expect("not in this slot", "\\tat ");
    PreforkServer server =
        servers.start(
            servers.builder(OddHandlers.OnlyInSlot0.class).startTimeout(Duration.ofSeconds(3)));
    assertThat(server.status().ready()).isEqualTo(1);
    assertThat(server.status().phase()).isEqualTo(Phase.STARTING);
    assertThat(ask(server, "")).isEqualTo("here\n");
    long spawned = server.status().spawned();
    Await.until("another try", () -> server.status().spawned() > spawned);
  }

  @Test
  void eventsTellALifeInOrder() {
    PreforkServer server = servers.start(servers.builder().workers(1));
    server.close();
    var _ = servers.log().await(ServerEvent.Stopped.class, _ -> true);
    assertThat(servers.log().all())
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            ServerEvent.WorkerSpawned.class,
            ServerEvent.WorkerReady.class,
            ServerEvent.Ready.class,
            ServerEvent.Message.class,
            ServerEvent.WorkerExited.class,
            ServerEvent.WorkerDied.class,
            ServerEvent.Stopped.class);
  }
}
