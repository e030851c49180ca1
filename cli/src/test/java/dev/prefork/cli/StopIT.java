package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.OddHandlers;
import dev.prefork.testing.Processes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TERM, INT and their bounds. */
class StopIT {
  @RegisterExtension final Commands commands = new Commands();

  /** So many clients, each being served. */
  private static List<Client> occupy(RunningCommand server, String command, int count) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = Client.connect(server.address()).send(command + "\n");
      assertThat(client.readLine()).matches("\\d+");
      clients.add(client);
    }
    return clients;
  }

  private static void awaitRefusal(InetSocketAddress address) {
    Await.until("new connections to be refused", () -> Client.refused(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "fcntl", "flock"})
  void termLetsEveryClientFinishThatHasSentHalfADatum(String accept) {
    RunningCommand server = commands.demo("--accept", accept);
    InetSocketAddress address = server.address();
    List<Client> clients = new ArrayList<>();
    // Unserved they would be reset with the queue: eight workers hold eight connections.
    for (int i = 0; i < 8; i++) {
      clients.add(Client.connect(address).send("client-" + i + "\n(1 2"));
    }
    Await.until("all eight to be accepted", () -> Processes.accepted(address.getPort()) == 8);
    server.signal("TERM");
    awaitRefusal(address);
    for (int i = 0; i < 8; i++) {
      try (Client client = clients.get(i)) {
        assertThat(client.send(" 3)").readAll())
            .matches("Hello client-" + i + ", this is PID \\d+\n\\(1 2 3\\)");
      }
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 8 workers drained, 0 cut");
  }

  @Test
  void aSecondTermEndsADrainAtOnce() {
    RunningCommand server = commands.obedient("--workers", "2");
    List<Client> clients = occupy(server, "hang", 2);
    server.signal("TERM");
    server.awaitLog("TERM: stopping, draining for at most 25s");
    server.signal("TERM");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(server.log())
        .contains("TERM while draining: stopping at once")
        .contains("0 workers drained, 2 cut");
    clients.forEach(Client::close);
  }

  @Test
  void anIntEndsADrainAtOnce() {
    RunningCommand server = commands.obedient("--workers", "2");
    List<Client> clients = occupy(server, "hang", 1);
    server.signal("TERM");
    server.awaitLog("draining for at most 25s");
    server.signal("INT");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(server.log()).contains("INT while draining: stopping at once");
    clients.forEach(Client::close);
  }

  @Test
  void intCutsWhatIsOpen() {
    RunningCommand server = commands.obedient("--workers", "2");
    List<Client> clients = occupy(server, "hang", 2);
    server.signal("INT");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: INT: 0 workers drained, 2 cut");
    clients.forEach(Client::close);
  }

  @Test
  void intCutsNobodyWhoIsIdle() {
    RunningCommand server = commands.obedient("--workers", "3");
    assertThat(server.ask("echo served\n")).isEqualTo("served\n");
    server.signal("INT");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: INT: 3 workers drained, 0 cut");
  }

  @Test
  void intCountsTheOneThatServes() {
    RunningCommand server = commands.obedient("--workers", "3");
    List<Client> clients = occupy(server, "hang", 1);
    server.signal("INT");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: INT: 2 workers drained, 1 cut");
    clients.forEach(Client::close);
  }

  @Test
  void clientsThatNeverFinishAreCutAtTheStopTimeoutAndCounted() {
    RunningCommand server = commands.demo("--stop-timeout", "2s", "--workers", "3");
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      clients.add(Client.connect(server.address()).send("me\n(1 2"));
    }
    int port = server.address().getPort();
    Await.until("both to be accepted", () -> Processes.accepted(port) == 2);
    long termNs = System.nanoTime();
    server.signal("TERM");
    assertThat(server.awaitExit(Duration.ofSeconds(10))).as(server.log()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - termNs)).isLessThan(Duration.ofSeconds(5));
    assertThat(server.log()).contains("stopped: TERM: 1 workers drained, 2 cut");
    clients.forEach(Client::close);
  }

  @Test
  void aConnectionInTheQueueIsServedOrRefusedButNobodyWaitsForEver() {
    RunningCommand server = commands.obedient("--workers", "1");
    Client served = occupy(server, "wait", 1).getFirst();
    Client queued = Client.connect(server.address()).send("pid\n");
    server.signal("TERM");
    awaitRefusal(server.address());
    assertThat(served.send("go\n").readAll()).isEqualTo("went on with go\n");
    assertThat(queued.readEnd()).isIn(Client.Outcome.ANSWERED, Client.Outcome.CUT);
    assertThat(server.awaitExit()).isZero();
    served.close();
    queued.close();
  }

  @Test
  void aTermDuringTheStartWins() {
    RunningCommand server = commands.launch(commands.arguments(OddHandlers.Stuck.class));
    Await.until("the first worker", () -> !server.workers().isEmpty());
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.output()).isEmpty();
    assertThat(commands.processes()).isEmpty();
  }

  @Test
  void termForTheWholeGroupIsOneGracefulStop() {
    RunningCommand server = commands.obedient("--workers", "3");
    Client client = occupy(server, "wait", 1).getFirst();
    List<Long> everybody =
        Stream.concat(Stream.of(server.pid()), server.workers().stream()).toList();
    Processes.signal("TERM", everybody);
    awaitRefusal(server.address());
    assertThat(client.send("go\n").readAll()).isEqualTo("went on with go\n");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).doesNotContain("could not start").doesNotContain(" ready");
    client.close();
  }

  @Test
  void aWorkerThatSomebodyElseTermedIsCountedToo() {
    RunningCommand server = commands.obedient("--workers", "2", "--stop-timeout", "1s");
    Client client = Client.connect(server.address()).send("hang\n");
    long occupied = Long.parseLong(client.readLine());
    Processes.signal("TERM", List.of(occupied, server.pid()));
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 1 workers drained, 1 cut");
    assertThat(server.log()).doesNotContain("respawning");
    client.close();
  }

  @Test
  void theWorkersOfAGroupThatIsTermedBeforeTheSupervisorAreNotReplaced() {
    RunningCommand server = commands.obedient("--workers", "3");
    List<Long> workersFirst =
        Stream.concat(server.workers().stream(), Stream.of(server.pid())).toList();
    Processes.signal("TERM", workersFirst);
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).doesNotContain(" ready");
  }

  @Test
  void aChildOfTheHandlerOutlivesItsWorkerAndHoldsNothing() {
    RunningCommand server = commands.obedient("--workers", "1");
    long child = Long.parseLong(server.ask("child sleep 600\n").trim());
    try {
      InetSocketAddress address = server.address();
      assertThat(Processes.descriptors(child).values())
          .noneMatch(target -> target.startsWith("socket:"));
      server.signal("TERM");
      assertThat(server.awaitExit()).as(server.log()).isZero();
      assertThat(Processes.exists(child)).isTrue();
      List<String> again = commands.obedientArguments("--workers", "1");
      again.set(again.indexOf("127.0.0.1:0"), "127.0.0.1:" + address.getPort());
      assertThat(commands.launch(again).awaitReady().address()).isEqualTo(address);
    } finally {
      Processes.signal("KILL", child);
    }
  }
}
