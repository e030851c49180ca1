package dev.prefork.supervisor;

import static dev.prefork.supervisor.SupervisorFixture.good;
import static dev.prefork.supervisor.SupervisorFixture.print;
import static dev.prefork.supervisor.SupervisorFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.WorkerExited;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport.Kind;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What workers print and report, up to their last words. */
class SupervisorOutputTest {
  private static final WaitStatus KILLED = new WaitStatus.Signaled(Signum.KILL.number(), false);

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void whatAJvmPrintsBeforeMainIsTheCauseOfItsEnd() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.workersDo((fixture, process, n) ->
        fixture.after(
            Duration.ofMillis(20),
            () -> {
              print(process, "Conflicting collector combinations in option list\nError: ");
              print(process, "Could not create the Java Virtual Machine.");
              process.exit(1);
            }));

    assertThat(server.run()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(server.published(ServerEvent.Stopped.class))
        .containsExactly(
            new ServerEvent.Stopped(
                ExitStatus.CONFIGURATION,
                "Conflicting collector combinations in option list;"
                    + " Error: Could not create the Java Virtual Machine. (exited with 1)"));
    assertThat(server.published(ServerEvent.WorkerOutput.class)).isEmpty();
  }

  @Test
  void whatAWorkerReportsAsItsFailureIsTheCauseOfItsEnd() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.workersDo((fixture, process, n) -> {
      report(process, Kind.STARTED, "");
      report(process, Kind.FAILED, "no such handler");
      process.exit(78);
    });

    assertThat(server.run()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(server.published(WorkerExited.class).getFirst().cause())
        .isEqualTo("no such handler (exited with 78)");
  }

  @Test
  void outputIsPassedOnLineByLineFromBeforeMainToTheLastWord() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.workersDo((fixture, process, n) -> {
      print(process, "Picked up JAVA_TOOL_OPTIONS: -Xss1m\n");
      good(fixture, process, n);
    });
    server.after(
        seconds(1),
        () -> {
          print(server.spawned.getFirst(), "half a");
          print(server.spawned.getFirst(), " line\nlast word without an end");
          server.workersDo(SupervisorFixture::good);
          server.spawned.getFirst().end(KILLED);
        });
    server.stopAfter(seconds(2));
    server.run();

    assertThat(server.published(ServerEvent.WorkerOutput.class))
        .extracting(ServerEvent.WorkerOutput::line)
        .containsExactly(
            "Picked up JAVA_TOOL_OPTIONS: -Xss1m", "half a line", "last word without an end");
  }

  @Test
  void aDescendantThatFloodsADeadWorkersOutputDoesNotStopTheSupervisor() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.after(
        seconds(1),
        () -> {
          server.spawned.getFirst().leaveFlood(SupervisorFixture.OUTPUT_FD);
          server.spawned.getFirst().end(KILLED);
        });
    server.stopAfter(seconds(2));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned).hasSize(2);
  }

  @Test
  void nonsenseFromAWorkerIsIgnored() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.after(
        seconds(1),
        () -> server.spawned.getFirst().write(LaunchSpec.REPORTS_FD, "\nREADYREADY\nSTOP now\n"));
    server.stopAfter(seconds(2));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.published(ServerEvent.WorkerReady.class)).hasSize(1);
  }
}
