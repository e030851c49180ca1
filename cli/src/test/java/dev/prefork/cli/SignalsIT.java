package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals to workers, and those to the supervisor that don't stop it. */
class SignalsIT {
  @RegisterExtension final Commands commands = new Commands();

  /** Waits until the killed are gone and so many others serve. */
  private static List<Long> awaitReplacements(RunningCommand server, List<Long> killed, int count) {
    Await.until(
        "replacements of " + killed,
        () ->
            server.workers().size() == count
                && server.workers().stream().noneMatch(killed::contains));
    return server.workers();
  }

  @Test
  void aKilledWorkerIsReplacedAndLoggedAsAnError() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = commands.demo("--workers", "2");
    long victim = server.workers().getFirst();
    Processes.signal("KILL", victim);
    var _ = awaitReplacements(server, List.of(victim), 2);
    server.awaitLog("worker \\d gen 1 pid (?!" + victim + ")\\d+ ready");
    assertThat(server.log())
        .containsPattern(
            " ERROR worker \\d gen 1 pid " + victim + " killed by SIGKILL; respawning");
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
  }

  @Test
  void aWorkerThatSomebodyTermsIsReplacedAndLoggedAsOrdinary() {
    RunningCommand server = commands.demo("--workers", "2");
    long victim = server.workers().getFirst();
    Processes.signal("TERM", victim);
    var _ = awaitReplacements(server, List.of(victim), 2);
    server.awaitLog(" INFO worker \\d gen 1 pid " + victim + " ");
  }

  @Test
  void workersKilledAllAtOnceUnderLoadComeBackAndOnlyConnectionsInFlightAreLost() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = commands.demo("--workers", "4");
    try (Load load = Load.start(server.address(), "me\n1 ", 8)) {
      List<Long> killed = server.workers();
      Processes.signal("KILL", killed);
      List<Long> fresh = awaitReplacements(server, killed, 4);
      load.awaitAnswers(50);
      assertThat(load.count(Outcome.CUT)).isLessThanOrEqualTo(4);
      assertThat(load.count(Outcome.REFUSED) + load.count(Outcome.TIMEOUT)).isZero();
      assertThat(fresh).noneMatch(pid -> Processes.state(pid) == 'Z');
    }
    assertThat(Processes.children(server.pid())).hasSize(4);
  }

  @Test
  void ttinAndTtouResizeByOneEachAndWithinTheBounds() {
    RunningCommand server = commands.demo("--workers", "2", "--max-workers", "4");
    for (int wanted = 3; wanted <= 4; wanted++) {
      server.signal("TTIN");
      server.awaitLog("TTIN: " + wanted + " workers wanted");
    }
    server.signal("TTIN"); // one too many; two signals on their way may change places
    Await.until("that it took effect", () -> told(server, "TTIN: 4 workers wanted") == 2);
    var _ = server.awaitWorkers(4);
    for (int wanted = 3; wanted >= 0; wanted--) {
      server.signal("TTOU");
      server.awaitLog("TTOU: " + wanted + " workers wanted");
    }
    var _ = server.awaitWorkers(0);
    server.signal("TTIN");
    var _ = server.awaitWorkers(1);
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
  }

  private static long told(RunningCommand server, String text) {
    return server.log().lines().filter(line -> line.contains(text)).count();
  }

  @Test
  void winchRetiresAllWorkersAndTheQueueWaitsForTtin() {
    RunningCommand server = commands.demo("--workers", "2");
    server.signal("WINCH");
    var _ = server.awaitWorkers(0);
    try (Client queued = Client.connect(server.address())) {
      queued.send("me\n1 ");
      server.signal("TTIN");
      assertThat(queued.readAll()).startsWith("Hello me");
    }
    var _ = server.awaitWorkers(1);
  }

  @Test
  void signalsOfLaterVersionsAreSaidOnceAndIgnored() {
    commands.expect("WARNING (HUP|USR2) does nothing in this version");
    RunningCommand server = commands.demo("--workers", "1");
    for (String signal : List.of("HUP", "USR2", "HUP", "USR2")) {
      server.signal(signal);
      server.awaitLog("WARNING " + signal + " does nothing");
    }
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
    assertThat(server.log().lines()).hasSize(2);
  }
}
