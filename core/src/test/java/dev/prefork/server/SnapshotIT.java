package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.posix.SocketAddresses;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real server tells of itself. */
class SnapshotIT {
  @RegisterExtension private final EmbeddedServers servers = new EmbeddedServers();

  @Test
  void tellsWhatIsServedAndWhatWaits() {
    for (String address : List.of("127.0.0.1:0", "[::1]:0")) {
      PreforkServer server = servers.start(servers.builder().listen(address).workers(1).backlog(7));
      InetSocketAddress target = Addresses.last(server);
      List<Client> clients = new ArrayList<>();
      try {
        clients.add(Client.connect(target).send("wait\n"));
        var _ = clients.getFirst().readLine();
        for (int i = 0; i < 3; i++) {
          clients.add(Client.connect(target));
        }
        ServerSnapshot snapshot = server.snapshot();
        assertThat(snapshot.phase()).isEqualTo(Phase.RUNNING);
        assertThat(snapshot.busy()).isEqualTo(1);
        assertThat(snapshot.listeners())
            .contains(new Listening(SocketAddresses.format(target), 3, 7));
        Await.until(
            "the monitor to look",
            () ->
                !server.history().seconds().isEmpty()
                    && server.history().seconds().getLast().queued() == 3);
        Await.until(
            "a memory reading",
            () -> server.snapshot().workers().getFirst().residentBytes() > 1 << 20);
      } finally {
        clients.forEach(Client::close);
      }
    }
  }

  @Test
  void theLastSnapshotCanBeHadAfterTheEnd() throws InterruptedException {
    PreforkServer server = servers.start(servers.builder());
    String pid = Client.ask(Addresses.first(server), "pid\n");
    server.stop("test");
    var _ = server.await();
    assertThat(pid).isNotEmpty();
    assertThat(server.snapshot().phase()).isEqualTo(Phase.STOPPED);
    assertThat(server.snapshot().totals().requests()).isEqualTo(1);
    assertThat(server.snapshot().listeners().getFirst().queued()).isEqualTo(-1);
  }
}
