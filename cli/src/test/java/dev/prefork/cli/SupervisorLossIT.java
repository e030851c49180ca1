package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.GatedHandler;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A supervisor that is killed, or stopped for a while. */
class SupervisorLossIT {
  @RegisterExtension final Commands commands = new Commands();

  /** The command that takes the place of another: same port, same runtime directory. */
  private RunningCommand successorOf(RunningCommand server) {
    List<String> arguments = commands.obedientArguments("--workers", "2");
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + server.address().getPort());
    return commands.launch(arguments);
  }

  private static void kill(RunningCommand server) {
    server.signal("KILL");
    assertThat(server.awaitExit()).isEqualTo(128 + 9);
  }

  @Test
  void theWorkersOfAKilledSupervisorFinishWhatIsOpenAndGo() {
    RunningCommand server = commands.obedient("--workers", "3");
    try (Client client = Client.connect(server.address()).send("wait\n");
        Load load = Load.start(server.address(), "echo hello\n", 4)) {
      long serving = Long.parseLong(client.readLine());
      kill(server);
      Await.until("nobody to listen", () -> load.count(Outcome.REFUSED) > 0);
      Await.until("the idle workers' end", () -> commands.processes().equals(List.of(serving)));
      assertThat(load.count(Outcome.TIMEOUT)).isZero();
      assertThat(client.send("go\n").readAll()).isEqualTo("went on with go\n");
    }
    Await.until("the last worker's end", () -> commands.processes().isEmpty());
  }

  @Test
  void theNextStartWorksAtOnceWhileAnOldWorkerStillServes() {
    RunningCommand server = commands.obedient("--workers", "2");
    try (Client client = Client.connect(server.address()).send("wait\n")) {
      long old = Long.parseLong(client.readLine());
      kill(server);
      RunningCommand next = successorOf(server).awaitReady();
      assertThat(next.address()).isEqualTo(server.address());
      assertThat(next.ask("echo hello\n")).isEqualTo("hello\n");
      assertThat(Processes.exists(old)).isTrue();
      assertThat(client.send("go\n").readAll()).isEqualTo("went on with go\n");
      Await.until("the old worker's end", () -> !Processes.exists(old));
      assertThat(next.workers()).hasSize(2);
    }
  }

  /** It does not learn of its supervisor's end: somebody else holds the pipe that tells. */
  @Test
  void anOldWorkerThatDoesNotLetGoOfThePortIsNamed() throws IOException {
    commands.expect("Address already in use");
    RunningCommand server = commands.obedient("--workers", "1");
    long old = server.workers().getFirst();
    List<Closeable> held = Processes.holdPipes(server.pid());
    try {
      kill(server);
      RunningCommand next = successorOf(server);
      assertThat(next.awaitExit()).as(next.log()).isEqualTo(69);
      assertThat(next.log().lines())
          .singleElement()
          .asString()
          .contains("process " + old + " (a worker left by a killed supervisor)");
    } finally {
      for (Closeable pipe : held) {
        pipe.close();
      }
    }
    Await.until("its end", () -> !Processes.exists(old));
    assertThat(successorOf(server).awaitReady().ask("echo hello\n")).isEqualTo("hello\n");
  }

  /** The kernel ends it: HUP and CONT for a stopped group that has lost its last parent. */
  @Test
  void aStoppedWorkerHoldsNoPortBeyondItsSupervisor() {
    RunningCommand server = commands.obedient("--workers", "2");
    long stopped = server.workers().getFirst();
    Processes.signal("STOP", stopped);
    kill(server);
    assertThat(successorOf(server).awaitReady().ask("echo hello\n")).isEqualTo("hello\n");
    Await.until("its end", () -> !Processes.exists(stopped));
  }

  @Test
  void aSupervisorThatWasStoppedBeyondADeadlineKillsNobody() throws IOException {
    commands.expect("the supervisor did not run for");
    RunningCommand server =
        commands.launch(
            commands.arguments(GatedHandler.class, "--workers", "1", "--start-timeout", "2s"));
    List<Long> workers = server.awaitWorkers(1);
    long stoppedNs = System.nanoTime();
    server.signal("STOP");
    // The time itself is the test: the deadline, and what is taken for a late wake-up, pass.
    Await.until("3.5 s to pass", () -> System.nanoTime() - stoppedNs > 3_500_000_000L);
    server.signal("CONT");
    server.awaitLog("WARNING the supervisor did not run for");
    var _ = Files.createFile(commands.directory().resolve(GatedHandler.GATE));
    assertThat(server.awaitReady().workers()).isEqualTo(workers);
  }

  @Test
  void aSupervisorThatWasStoppedAndIdleGoesOn() {
    RunningCommand server = commands.obedient("--workers", "2");
    List<Long> workers = server.workers();
    server.signal("STOP");
    Await.until("it to be stopped", () -> Processes.state(server.pid()) == 'T');
    assertThat(server.ask("echo meanwhile\n")).isEqualTo("meanwhile\n");
    server.signal("CONT");
    server.signal("TTIN");
    assertThat(server.awaitWorkers(3)).containsAll(workers);
  }
}
