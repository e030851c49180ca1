package dev.prefork.supervisor;

import static dev.prefork.supervisor.SupervisorFixture.good;
import static dev.prefork.supervisor.SupervisorFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerEvent.WorkerExited;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.WorkerIdentity;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport.Kind;
import dev.prefork.posix.Errno;
import dev.prefork.posix.FakeProcess;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop and its inbox together, on virtual time. */
class SupervisorTest {
  private static final WaitStatus KILLED = new WaitStatus.Signaled(Signum.KILL.number(), false);

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void workersThatReportReadyMakeTheServerReady() {
    SupervisorFixture server = new SupervisorFixture(2);
    server.stopAfter(seconds(1));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    WorkerIdentity first = new WorkerIdentity(0, 1, 100);
    WorkerIdentity second = new WorkerIdentity(1, 1, 101);
    assertThat(server.published)
        .containsExactly(
            new ServerEvent.WorkerSpawned(first),
            new ServerEvent.WorkerSpawned(second),
            new ServerEvent.WorkerReady(first),
            new ServerEvent.WorkerReady(second),
            new ServerEvent.Ready(2),
            new ServerEvent.Message(Level.INFO, "TERM: stopping, draining for at most 25s"),
            new WorkerExited(first, Cause.STOPPED, "exited with 0", 0, 0, true, true),
            new WorkerExited(second, Cause.STOPPED, "exited with 0", 0, 0, true, true),
            new ServerEvent.Stopped(ExitStatus.OK, "TERM: 2 workers drained, 0 cut"));
  }

  @Test
  void everyDescriptorIsClosedAtTheEndAndEveryProcessReaped() {
    SupervisorFixture server = new SupervisorFixture(3);
    server.stopAfter(seconds(1));
    server.run();

    assertThat(server.posix.openDescriptors()).isEmpty();
    assertThat(server.posix.processes()).isEmpty();
  }

  @Test
  void theListenersAreClosedBeforeTheWorkersAreAskedToDrain() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.stopAfter(seconds(1));
    server.run();

    List<String> calls = server.posix.calls();
    int listenerClosed = calls.indexOf("close fd 3"); // the first descriptor that was opened
    assertThat(listenerClosed).isPositive();
    assertThat(calls.subList(0, listenerClosed)).noneMatch(call -> call.startsWith("reap"));
    assertThat(calls.get(listenerClosed + 1)).startsWith("write");
  }

  @Test
  void everyWorkerIsToldToReopenItsLog() {
    SupervisorFixture server = new SupervisorFixture(3);
    server.after(seconds(1), () -> server.supervisor.reopenLogs("USR1"));
    List<String> commands = new ArrayList<>();
    server.after(
        seconds(2),
        () -> server.spawned.forEach(worker -> commands.add(worker.read(LaunchSpec.COMMANDS_FD))));
    server.stopAfter(seconds(3));
    server.run();

    assertThat(commands).hasSize(3).allMatch("accept\nreopen\n"::equals);
    assertThat(server.published(ServerEvent.LogsReopened.class))
        .containsExactly(new ServerEvent.LogsReopened("USR1"));
  }

  @Test
  void aDeadWorkerIsReplacedWithoutTimePassing() {
    SupervisorFixture server = new SupervisorFixture(1);
    long[] times = new long[2];
    server.workersDo((fixture, process, n) -> {
      good(fixture, process, n);
      times[Math.min(n, 1)] = fixture.posix.nowNs();
    });
    long diesNs = server.posix.nowNs() + seconds(1).toNanos();
    server.after(seconds(1), () -> server.spawned.getFirst().end(KILLED));
    server.stopAfter(seconds(2));
    server.run();

    assertThat(times[1]).isEqualTo(diesNs);
    assertThat(server.published(WorkerExited.class).getFirst().cause())
        .isEqualTo("killed by SIGKILL");
    assertThat(server.published(ServerEvent.WorkerReady.class)).hasSize(2);
  }

  @Test
  void aWorkerThatClosesItsPipesIsStillAliveAndCostsNothing() {
    SupervisorFixture server = new SupervisorFixture(1);
    int[] callsBefore = new int[1];
    server.after(seconds(1), () -> server.spawned.getFirst().close(1, 2, LaunchSpec.REPORTS_FD));
    server.after(seconds(2), () -> callsBefore[0] = server.posix.calls().size());
    server.after(seconds(3), () -> assertThat(server.posix.calls()).hasSize(callsBefore[0]));
    server.stopAfter(seconds(4));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned).hasSize(1);
  }

  @Test
  void anIdleLoopMakesNoSystemCall() {
    SupervisorFixture server = new SupervisorFixture(4);
    int[] callsBefore = new int[1];
    server.after(seconds(1), () -> callsBefore[0] = server.posix.calls().size());
    server.after(
        Duration.ofHours(1),
        () -> {
          List<String> calls = server.posix.calls();
          assertThat(calls).hasSize(callsBefore[0]);
          assertThat(calls.getLast()).isEqualTo("awaitReadable -1");
        });
    server.stopAfter(Duration.ofHours(1).plusSeconds(1));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void aSupervisorThatWasStoppedForHoursKillsNobody() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.workersDo((fixture, process, n) ->
        fixture.after(
            seconds(1),
            () -> {
              fixture.posix.jump(Duration.ofHours(2).toNanos()); // SIGSTOP, SIGCONT
              good(fixture, process, n);
            }));
    server.stopAfter(Duration.ofHours(3));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned).hasSize(1);
    assertThat(server.spawned.getFirst().signals()).isEmpty();
    assertThat(server.published(ServerEvent.Message.class).getFirst().text())
        .startsWith("the supervisor did not run for ");
  }

  @Test
  void aLateStartIsKilledAtItsDeadline() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.workersDo((fixture, process, n) -> {
      if (n > 0) {
        good(fixture, process, n);
      }
    });
    server.stopAfter(seconds(40));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned.getFirst().signals()).containsExactly(Signum.KILL);
    assertThat(server.published(WorkerExited.class).getFirst().cause())
        .isEqualTo("not ready within its start-timeout of 30s");
  }

  @Test
  void aSpawnThatFailsIsTriedAgain() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.posix.fail("spawn", Errno.EAGAIN);
    server.stopAfter(seconds(1));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.published(ServerEvent.Message.class).getFirst())
        .isEqualTo(
            new ServerEvent.Message(
                Level.ERROR,
                "could not spawn a worker for slot 0: could not spawn "
                    + System.getProperty("java.home")
                    + "/bin/java: Resource temporarily unavailable (spawn: EAGAIN)"));
    assertThat(server.spawned).hasSize(1);
  }

  @Test
  void aSignalThatCannotBeSentIsAWarning() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.after(
        seconds(1),
        () -> {
          server.posix.fail("kill", Errno.EPERM);
          server.supervisor.stopNow("INT");
        });
    server.after(seconds(5), () -> server.spawned.getFirst().exit(0));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.published(ServerEvent.Message.class))
        .contains(
            new ServerEvent.Message(
                Level.WARNING, "could not kill 100 INT: Operation not permitted (kill: EPERM)"));
  }

  @Test
  void theStatusFollowsAWorkerThatLeaves() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.after(seconds(1), () -> report(server.spawned.getFirst(), Kind.LEAVING, "TERM"));
    server.after(
        seconds(2),
        () ->
            assertThat(server.supervisor.status().workers().getFirst().life())
                .isEqualTo(SlotLife.DRAINING));
    server.after(seconds(3), () -> server.spawned.getFirst().exit(0));
    server.stopAfter(seconds(4));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned).hasSize(2);
    assertThat(server.supervisor.status().phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void resizesFromOtherThreadsWakeTheLoop() {
    SupervisorFixture server = new SupervisorFixture(2);
    server.after(seconds(1), () -> server.supervisor.resizeBy(1, "TTIN"));
    server.after(seconds(2), () -> assertThat(server.supervisor.status().ready()).isEqualTo(3));
    server.after(seconds(3), () -> server.supervisor.resize(0, "WINCH"));
    server.after(
        seconds(4),
        () -> {
          assertThat(server.spawned)
              .allMatch(worker -> worker.read(LaunchSpec.COMMANDS_FD).equals("accept\ndrain\n"));
          server.spawned.forEach(worker -> worker.exit(0));
        });
    server.stopAfter(seconds(5));

    assertThat(server.run()).isEqualTo(ExitStatus.OK);
    assertThat(server.spawned).hasSize(3);
  }

  @Test
  void whatIsAskedAfterTheEndIsLost() {
    SupervisorFixture server = new SupervisorFixture(1);
    server.stopAfter(seconds(1));
    server.run();

    server.supervisor.stop("TERM");
    server.supervisor.wake();
    assertThat(server.posix.openDescriptors()).isEmpty();
  }

  @Test
  void aFailureOfTheLoopItselfCutsTheLifelinesOfAllWorkers() {
    SupervisorFixture server = new SupervisorFixture(2);
    server.after(
        seconds(1),
        () -> {
          throw new IllegalStateException("a bug");
        });

    assertThat(catchThrowable(server::run)).hasMessage("a bug");
    assertThat(server.posix.openDescriptors()).isEmpty();
    for (FakeProcess worker : server.spawned) {
      assertThat(worker.read(LaunchSpec.COMMANDS_FD)).isEqualTo("accept\n");
      assertThat(worker.isCut(LaunchSpec.COMMANDS_FD)).isTrue();
    }
  }
}
