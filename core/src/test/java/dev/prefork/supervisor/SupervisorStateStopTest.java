package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.cut;
import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.drain;
import static dev.prefork.supervisor.StateFixture.exit;
import static dev.prefork.supervisor.StateFixture.failedStart;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.publish;
import static dev.prefork.supervisor.StateFixture.say;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stops, graceful and immediate, and what they meet. */
class SupervisorStateStopTest {
  private static Action exitOk(String cause) {
    return new Action.Exit(ExitStatus.OK, cause);
  }

  @Test
  void aGracefulStopClosesTheListenersFirstThenLetsTheWorkersDrain() {
    StateFixture server = StateFixture.running(2);

    assertThat(server.stop(StopMode.GRACEFUL, "TERM"))
        .containsExactly(
            say(Level.INFO, "TERM: stopping, draining for at most 25s"),
            new Action.CloseListeners(),
            drain(0),
            drain(1));
    assertThat(server.state.status().phase()).isEqualTo(Phase.DRAINING);
  }

  @Test
  void theServerEndsWithItsLastWorker() {
    StateFixture server = StateFixture.running(2);
    server.stop(StopMode.GRACEFUL, "TERM");
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty();

    assertThat(server.exited(0, exit(0)))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0), Cause.STOPPED, "exited with 0", 0, 0, true, true)),
            publish(new ServerEvent.Stopped(ExitStatus.OK, "TERM: 2 workers drained, 0 cut")),
            exitOk("TERM: 2 workers drained, 0 cut"));
    assertThat(server.state.status().phase()).isEqualTo(Phase.STOPPED);
    assertThat(server.state.status().workers()).isEmpty();
    assertThat(server.state.status().deaths()).isZero();
  }

  @Test
  void workersThatDoNotDrainInTimeAreKilledAndCounted() {
    StateFixture server = StateFixture.running(2);
    server.stop(StopMode.GRACEFUL, "TERM");
    server.exited(0, exit(0));

    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(server.awaitDeadline()).containsExactly(send(1, Signum.KILL));
    assertThat(deeds(server.exited(1, cut(killed()))))
        .containsExactly(exitOk("TERM: 1 workers drained, 1 cut"));
  }

  @Test
  void aStopTimeoutOfZeroKillsAtOnce() {
    StateFixture server = new StateFixture(1, Duration.ZERO);
    server.on(new Event.Started());
    server.spawned(0);
    server.ready(0);
    server.stop(StopMode.GRACEFUL, "TERM");

    assertThat(server.untilDeadline()).isZero();
    assertThat(server.awaitDeadline()).containsExactly(send(0, Signum.KILL));
  }

  @Test
  void aSecondRequestMakesTheStopImmediate() {
    for (StopMode mode : List.of(StopMode.GRACEFUL, StopMode.IMMEDIATE)) {
      StateFixture server = StateFixture.running(1);
      server.stop(StopMode.GRACEFUL, "TERM");

      assertThat(server.stop(mode, "again"))
          .containsExactly(
              say(Level.INFO, "again while draining: stopping at once"), send(0, Signum.INT));
      assertThat(server.untilDeadline()).isEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void anImmediateStopInterruptsAndKillsASecondLater() {
    StateFixture server = StateFixture.running(2);

    assertThat(server.stop(StopMode.IMMEDIATE, "INT"))
        .containsExactly(
            say(Level.INFO, "INT: stopping at once"),
            new Action.CloseListeners(),
            send(0, Signum.INT),
            send(1, Signum.INT));
    server.exited(0, exit(130));
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.awaitDeadline()).containsExactly(send(1, Signum.KILL));
    assertThat(deeds(server.exited(1, cut(killed()))))
        .containsExactly(exitOk("INT: 1 workers drained, 1 cut"));
  }

  @Test
  void anImmediateStopIsNotMadeMilder() {
    StateFixture server = StateFixture.running(1);
    server.stop(StopMode.IMMEDIATE, "INT");

    assertThat(server.stop(StopMode.GRACEFUL, "TERM")).isEmpty();
    assertThat(server.stop(StopMode.IMMEDIATE, "INT")).isEmpty();
  }

  @Test
  void aWorkerAlreadyKilledIsNotSignalledAgain() {
    StateFixture server = StateFixture.starting(1);
    server.awaitDeadline();

    assertThat(deeds(server.stop(StopMode.IMMEDIATE, "INT")))
        .containsExactly(new Action.CloseListeners());
    assertThat(server.life(0)).isEqualTo(SlotLife.KILLED);
    assertThat(deeds(server.exited(0, killed())))
        .containsExactly(exitOk("INT: 0 workers drained, 0 cut"));
  }

  @Test
  void workersThatAreStartingAreSentTermAndNotCounted() {
    StateFixture server = StateFixture.starting(2);
    server.ready(0);

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .containsExactly(new Action.CloseListeners(), drain(0), send(1, Signum.TERM));
    server.exited(1, exit(143));
    assertThat(deeds(server.exited(0, exit(0))))
        .containsExactly(exitOk("TERM: 1 workers drained, 0 cut"));
  }

  @Test
  void aWorkerWhoseReadyWasOnTheWayIsNotReadyAnyMore() {
    StateFixture server = StateFixture.starting(1);
    server.stop(StopMode.GRACEFUL, "TERM");

    assertThat(server.ready(0)).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.DRAINING);
  }

  @Test
  void aWorkerThatIsJustBeingSpawnedIsWaitedForAndAsked() {
    StateFixture server = new StateFixture(2);
    server.on(new Event.Started());

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .containsExactly(new Action.CloseListeners());
    assertThat(deeds(server.spawned(0))).containsExactly(send(0, Signum.TERM));
    assertThat(deeds(server.on(new Event.SpawnFailed(1, "none to be had")))).isEmpty();
    assertThat(deeds(server.exited(0, exit(143))))
        .containsExactly(exitOk("TERM: 0 workers drained, 0 cut"));
  }

  @Test
  void aSlotInBackOffIsForgotten() {
    StateFixture server = StateFixture.starting(1);
    server.exited(0, failedStart());

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .containsExactly(new Action.CloseListeners(), exitOk("TERM: 0 workers drained, 0 cut"));
    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void nobodyIsReplacedDuringAStop() {
    StateFixture server = StateFixture.running(2);
    server.stop(StopMode.GRACEFUL, "TERM");

    assertThat(deeds(server.exited(0, killed()))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.EMPTY);
  }

  @Test
  void aResizeDuringAStopIsIgnored() {
    StateFixture server = StateFixture.running(1);
    server.stop(StopMode.GRACEFUL, "TERM");

    assertThat(server.on(new Event.ResizeRequested(1, "TTIN"))).isEmpty();
    assertThat(server.on(new Event.ResizeTo(3, "test"))).isEmpty();
  }

  @Test
  void aWorkerThatLeavesAlreadyIsNotAskedAgainButCounted() {
    StateFixture server = StateFixture.running(2);
    server.on(new Event.WorkerLeaving(pid(0)));
    server.on(new Event.WorkerLeaving(pid(1)));

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .containsExactly(new Action.CloseListeners());
    assertThat(server.exited(0, exit(0)))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0), Cause.STOPPED, "exited with 0", 0, 0, true, true)));
    server.awaitDeadline();
    assertThat(deeds(server.exited(1, cut(killed()))))
        .containsExactly(exitOk("TERM: 1 workers drained, 1 cut"));
    assertThat(server.state.status().deaths()).isZero();
  }

  @Test
  void afterTheEndNothingMovesIt() {
    StateFixture server = StateFixture.running(1);
    server.stop(StopMode.IMMEDIATE, "INT");
    server.exited(0, exit(130));

    assertThat(server.on(new Event.DeadlinePassed())).isEmpty();
    assertThat(server.stop(StopMode.GRACEFUL, "TERM")).isEmpty();
    assertThat(server.on(new Event.ResizeTo(4, "test"))).isEmpty();
  }
}
