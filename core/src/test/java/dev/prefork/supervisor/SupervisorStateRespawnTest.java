package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.cut;
import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.exit;
import static dev.prefork.supervisor.StateFixture.failedStart;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.publish;
import static dev.prefork.supervisor.StateFixture.say;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.spawn;
import static dev.prefork.supervisor.StateFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers that end without being asked. */
class SupervisorStateRespawnTest {
  @Test
  void aWorkerThatWasReadyIsReplacedAtOnce() {
    StateFixture server = StateFixture.running(2);

    assertThat(server.exited(1, killed()))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(1), Cause.KILLED, "killed by SIGKILL", -1, 9, true, false)),
            spawn(1));
    assertThat(server.state.status().deaths()).isEqualTo(1);
  }

  @Test
  void anExitWithoutFaultIsReplacedAtOnceToo() {
    StateFixture server = StateFixture.running(1);

    assertThat(deeds(server.exited(0, exit(0)))).containsExactly(spawn(0));
  }

  @Test
  void allWorkersAtOnceAreReplacedAtOnce() {
    StateFixture server = StateFixture.running(3);

    for (int slot = 0; slot < 3; slot++) {
      assertThat(deeds(server.exited(slot, killed()))).containsExactly(spawn(slot));
    }
    assertThat(server.state.status().deaths()).isEqualTo(3);
  }

  @Test
  void theBackOffDoublesFromAHundredMillisecondsToTenSeconds() {
    StateFixture server = StateFixture.running(1);
    server.exited(0, killed());
    server.spawned(0);

    List<Long> waits = new ArrayList<>();
    for (int failures = 0; failures < 10; failures++) {
      server.exited(0, failedStart());
      waits.add(server.untilDeadline().toMillis());
      server.awaitDeadline();
      server.spawned(0);
    }

    assertThat(waits)
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L, 10_000L);
  }

  @Test
  void readinessResetsTheBackOff() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    for (int failures = 0; failures < 3; failures++) {
      server.spawned(0);
      server.exited(0, failedStart());
      server.awaitDeadline();
    }
    server.spawned(0);
    server.ready(0);
    server.exited(0, killed());
    server.spawned(0);
    server.exited(0, failedStart());

    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(100));
  }

  /** It said that it was ready, and then its start failed. */
  private static List<Action> endsEarly(StateFixture server) {
    server.spawned(0);
    server.ready(0);
    server.advance(Duration.ofMillis(4_900));
    return server.exited(0, exit(1));
  }

  @Test
  void aWorkerThatGivesUpSoonAfterItWasReadyIsReplacedAtOnceAndThenLater() {
    StateFixture server = StateFixture.running(1);
    assertThat(deeds(server.exited(0, exit(1)))).containsExactly(spawn(0));

    List<Long> waits = new ArrayList<>();
    for (int times = 0; times < 6; times++) {
      assertThat(deeds(endsEarly(server))).isEmpty();
      waits.add(server.untilDeadline().toMillis());
      assertThat(server.awaitDeadline()).contains(spawn(0));
    }

    assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
  }

  @Test
  void whoHasBeenReadyForLongerOrIsKilledOrDiesOfARequestHasNotEndedEarly() {
    StateFixture server = StateFixture.running(1);
    server.exited(0, exit(1));

    server.spawned(0);
    server.ready(0);
    assertThat(deeds(server.exited(0, cut(exit(1))))).containsExactly(spawn(0));
    server.spawned(0);
    server.ready(0);
    server.advance(Duration.ofSeconds(5));
    assertThat(deeds(server.exited(0, exit(1)))).containsExactly(spawn(0));
    server.spawned(0);
    server.ready(0);
    assertThat(deeds(server.exited(0, exit(1)))).containsExactly(spawn(0));
    server.spawned(0);
    server.ready(0);
    assertThat(deeds(server.exited(0, killed()))).containsExactly(spawn(0));
  }

  @Test
  void whoLeavesOnSomebodyElsesTermHasNotEndedEarly() {
    StateFixture server = StateFixture.running(1);
    server.on(new Event.WorkerProgress(pid(0), "bound 127.0.0.1:80"));
    server.on(new Event.WorkerLeaving(pid(0)));

    assertThat(server.exited(0, exit(143)))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0), Cause.LEFT, "exited with 143", 143, 0, true, false)));
  }

  @Test
  void whoEndsEarlyTellsHowFarItHadCome() {
    StateFixture server = StateFixture.running(1);
    server.on(new Event.WorkerProgress(pid(0), "bound 127.0.0.1:80, 127.0.0.1:81 (its own)"));

    assertThat(server.exited(0, exit(1)))
        .contains(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0),
                    Cause.EXITED,
                    "exited with 1: bound 127.0.0.1:80, 127.0.0.1:81 (its own)",
                    1,
                    0,
                    true,
                    false)));
  }

  @Test
  void aSlotInBackOffLeavesTheOthersAlone() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    server.spawned(0);
    server.exited(0, failedStart());

    assertThat(deeds(server.exited(1, killed()))).containsExactly(spawn(1));
    assertThat(server.life(0)).isEqualTo(SlotLife.BACKOFF);
  }

  @Test
  void aSpawnThatFailsIsSaidAndTriedAgainAfterTheBackOff() {
    StateFixture server = StateFixture.running(1);
    server.exited(0, killed());

    assertThat(server.on(new Event.SpawnFailed(0, "no process to be had")))
        .containsExactly(
            say(Level.ERROR, "could not spawn a worker for slot 0: no process to be had"));
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    assertThat(server.awaitDeadline()).containsExactly(spawn(0));
  }

  @Test
  void aLeavingWorkersPlaceIsHeldForAHundredMilliseconds() {
    StateFixture server = StateFixture.running(1);

    assertThat(server.on(new Event.WorkerLeaving(pid(0)))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.DRAINING);
    assertThat(deeds(server.exited(0, exit(0)))).isEmpty();
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    assertThat(server.awaitDeadline()).containsExactly(spawn(0));
  }

  @Test
  void aStopWithinTheHoldSpawnsNobody() {
    StateFixture server = StateFixture.running(1);
    server.on(new Event.WorkerLeaving(pid(0)));
    server.exited(0, exit(0));

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .hasExactlyElementsOfTypes(Action.CloseListeners.class, Action.Exit.class);
  }

  @Test
  void aLeavingWorkerHasTheBoundOfADrain() {
    StateFixture server = StateFixture.running(1);
    server.on(new Event.WorkerLeaving(pid(0)));

    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(server.awaitDeadline()).containsExactly(send(0, Signum.KILL));
    assertThat(deeds(server.exited(0, killed()))).isEmpty();
    assertThat(server.awaitDeadline()).containsExactly(spawn(0));
  }

  @Test
  void aWorkerThatLeavesBeforeItIsReadyIsNoSuchCase() {
    StateFixture server = StateFixture.starting(1);

    assertThat(server.on(new Event.WorkerLeaving(pid(0)))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.STARTING);
  }

  @Test
  void theExitOfAStrangerIsSaidAndChangesNothing() {
    StateFixture server = StateFixture.running(1);
    var before = server.state.status();

    assertThat(server.on(new Event.WorkerExited(new Pid(4711), exit(3))))
        .containsExactly(
            say(Level.WARNING, "reaped untracked child process 4711: ran out of heap (exit 3)"));
    assertThat(server.state.status()).isEqualTo(before);
  }

  @Test
  void theWordOfAStrangerIsIgnored() {
    StateFixture server = StateFixture.running(1);

    assertThat(server.on(new Event.WorkerReady(new Pid(4711)))).isEmpty();
    assertThat(server.on(new Event.WorkerLeaving(new Pid(4711)))).isEmpty();
  }

  @Test
  void everyEventLeavesNothingToBeDoneTwice() {
    StateFixture server = StateFixture.starting(3);
    server.ready(0);
    server.exited(1, failedStart());
    server.on(new Event.ResizeTo(4, "TTIN"));
    server.on(new Event.WorkerLeaving(pid(0)));
    server.on(new Event.ResizeTo(2, "TTOU"));

    assertThat(server.on(new Event.DeadlinePassed())).isEmpty();
    assertThat(server.on(new Event.DeadlinePassed())).isEmpty();
  }
}
