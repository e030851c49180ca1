package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Processes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that loop, compute for long, or whose JVM stands still. */
class StuckProgramIT {
  @RegisterExtension final Commands commands = new Commands();

  private final Programs programs = new Programs(commands);

  @Test
  void aWorkerWhoseJvmNoLongerRunsIsKilledAndReplaced() {
    commands.expect("its JVM has not run for 2s or longer", "respawning");
    RunningCommand server =
        programs.web("--workers", "1", "--spares", "0", "--heartbeat-timeout", "2s");
    String first = programs.ask();
    Processes.signal("STOP", Long.parseLong(first));
    server.awaitLog("is killed: its JVM has not run for 2s or longer");
    assertThat(programs.ask()).isNotEqualTo(first);
  }

  @Test
  void aLoopOfAProgramThatReportsNothingEndsItsWorkerAndAWaitNone() {
    String late = "request \"thread pool-\\d+-thread-\\d+\" of 127.0.0.1:\\d+ takes ";
    commands.expect(late, "respawning");
    RunningCommand server =
        programs.web(
            "--workers",
            "3",
            "--spares",
            "0",
            "--worker-connections",
            "1",
            "--request-timeout",
            "2s");
    programs.askUntilAllHaveAnswered(3);
    try (Client loops = Client.connect(programs.address()).send("GET /loop HTTP/1.0\r\n\r\n");
        Client waits = Client.connect(programs.address()).send("GET /5000 HTTP/1.0\r\n\r\n")) {
      List<String> before = Programs.workers(server);
      assertThat(before).as("served meanwhile").contains(programs.ask());
      server.awaitLog("is killed: " + late + "[2-9]\\.\\d s, the limit is 2s");
      assertThat(loops.readEnd()).isEqualTo(Outcome.CUT);
      String waited = Programs.pidIn(waits.readAll());
      assertThat(before).contains(waited);
      assertThat(Programs.workers(server))
          .contains(waited)
          .doesNotContainSequence(before)
          .hasSize(3);
    }
  }

  /** Without a limit: with one, it may have been killed before a slow machine looks. */
  @Test
  void statusShowsTheThreadThatLoops() {
    programs.web("--workers", "1", "--spares", "0", "--stop-timeout", "1s");
    try (Client _ = Client.connect(programs.address()).send("GET /loop HTTP/1.0\r\n\r\n")) {
      Await.until("the thread to be shown", () -> programs.status().contains("thread pool-"));
    }
  }

  /** It is shown as a loop, until it is answered. */
  @Test
  void whatIsComputedForLongAndAnsweredBeforeTheEndIsNotCut() {
    RunningCommand server = programs.web("--workers", "1", "--spares", "0");
    programs.answersAndLeavesAtTerm(server, "/busy/2500", "HTTP/1.1 200");
    assertThat(server.log()).contains("stopped: TERM: 1 workers drained, 0 cut");
  }
}
