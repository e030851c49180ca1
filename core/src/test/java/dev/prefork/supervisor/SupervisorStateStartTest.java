package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.accept;
import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.drain;
import static dev.prefork.supervisor.StateFixture.exit;
import static dev.prefork.supervisor.StateFixture.failedStart;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.publish;
import static dev.prefork.supervisor.StateFixture.refused;
import static dev.prefork.supervisor.StateFixture.refusedByJvm;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.spawn;
import static dev.prefork.supervisor.StateFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the first spawn to the first readiness, or to giving up. */
class SupervisorStateStartTest {
  @Test
  void startSpawnsEveryWantedWorker() {
    StateFixture server = new StateFixture(3);

    assertThat(server.on(new Event.Started())).containsExactly(spawn(0), spawn(1), spawn(2));
    assertThat(server.state.status().phase()).isEqualTo(Phase.STARTING);
  }

  @Test
  void aSpawnedWorkerIsPublishedAndNotReadyYet() {
    StateFixture server = new StateFixture(1);
    server.on(new Event.Started());

    assertThat(server.spawned(0))
        .containsExactly(publish(new ServerEvent.WorkerSpawned(worker(0))));
    assertThat(server.life(0)).isEqualTo(SlotLife.STARTING);
    assertThat(server.state.status().spawned()).isEqualTo(1);
  }

  @Test
  void theLastOfTheWantedWorkersMakesTheServerReady() {
    StateFixture server = StateFixture.starting(2);

    assertThat(server.ready(1))
        .containsExactly(publish(new ServerEvent.WorkerReady(worker(1))), accept(1));
    assertThat(server.state.status().phase()).isEqualTo(Phase.STARTING);
    assertThat(server.ready(0))
        .containsExactly(
            publish(new ServerEvent.WorkerReady(worker(0))),
            accept(0),
            publish(new ServerEvent.Ready(2)));
    assertThat(server.state.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void theServerIsSaidToBeReadyOnce() {
    StateFixture server = StateFixture.running(1);
    server.exited(0, killed());
    server.spawned(0);

    assertThat(server.ready(0))
        .containsExactly(publish(new ServerEvent.WorkerReady(worker(0))), accept(0));
  }

  @Test
  void theServerIsReadyWhenTheOneThatWasMissingIsNoLongerWanted() {
    StateFixture server = StateFixture.starting(2);
    server.ready(0);

    assertThat(server.on(new Event.ResizeTo(1, "TTOU")))
        .contains(send(1, Signum.TERM), publish(new ServerEvent.Ready(1)));
    assertThat(server.state.status().phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void noWorkersAtAllAreNotReady() {
    StateFixture server = StateFixture.starting(1);

    assertThat(server.on(new Event.ResizeTo(0, "WINCH")))
        .doesNotContain(publish(new ServerEvent.Ready(0)));
    assertThat(server.state.status().phase()).isEqualTo(Phase.STARTING);
  }

  @Test
  void aWorkerThatIsNotReadyInTimeIsKilled() {
    StateFixture server = StateFixture.starting(1);

    assertThat(server.untilDeadline()).isEqualTo(StateFixture.START_TIMEOUT);
    assertThat(server.awaitDeadline()).containsExactly(send(0, Signum.KILL));
    assertThat(server.life(0)).isEqualTo(SlotLife.KILLED);
    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void theCauseOfAKillForALateStartNamesTheBound() {
    StateFixture server = StateFixture.starting(1);
    server.awaitDeadline();

    assertThat(server.exited(0, killed()))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0),
                    Cause.START_TIMEOUT,
                    "not ready within its start-timeout of 30s",
                    -1,
                    9,
                    false,
                    false)));
    assertThat(server.life(0)).isEqualTo(SlotLife.BACKOFF);
  }

  @Test
  void theCauseOfAKillForALateStartTellsHowFarItHadCome() {
    StateFixture server = StateFixture.starting(1);
    server.on(new Event.WorkerProgress(StateFixture.pid(0), "bound nothing"));
    server.on(new Event.WorkerProgress(StateFixture.pid(0), "bound 127.0.0.1:80"));
    server.awaitDeadline();
    String cause = "not ready within its start-timeout of 30s: bound 127.0.0.1:80";

    assertThat(server.exited(0, killed()))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0), Cause.START_TIMEOUT, cause, -1, 9, false, false)));
  }

  @Test
  void aStartThatEndsByItselfTellsHowFarItHadCome() {
    StateFixture server = StateFixture.starting(1);
    server.on(new Event.WorkerProgress(StateFixture.pid(0), "bound nothing"));
    Death death = new Death(new WaitStatus.Exited(1), Reached.MAIN, "", false);
    String cause = "exited with 1: bound nothing";

    assertThat(server.exited(0, death))
        .contains(
            publish(
                new ServerEvent.WorkerExited(
                    worker(0), Cause.START_FAILED, cause, 1, 0, false, false)));
  }

  @Test
  void aWorkerThatSaysReadyAfterItsKillIsNotBelieved() {
    StateFixture server = StateFixture.starting(1);
    server.awaitDeadline();

    assertThat(server.ready(0)).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.KILLED);
  }

  @Test
  void aWorkerThatSaysReadyTwiceIsHeardOnce() {
    StateFixture server = StateFixture.running(1);

    assertThat(server.ready(0)).isEmpty();
  }

  @Test
  void aRefusalBeforeReadyIsNotRespawned() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    server.spawned(0);

    assertThat(deeds(server.exited(0, refused()))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.FAILED);
    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void theExitCodeOfARefusalMeansNothingOnceAWorkerWasReady() {
    StateFixture server = StateFixture.running(1);

    assertThat(deeds(server.exited(0, refused()))).containsExactly(spawn(0));
  }

  @Test
  void aServerOfRefusedWorkersEndsWithTheirReason() {
    StateFixture server = StateFixture.starting(2);

    assertThat(deeds(server.exited(0, refused()))).isEmpty();
    String cause = "no such handler (exited with 78)";
    assertThat(server.exited(1, refused()))
        .containsExactly(
            publish(
                new ServerEvent.WorkerExited(
                    worker(1), Cause.START_FAILED, cause, 78, 0, false, false)),
            new Action.CloseListeners(),
            publish(new ServerEvent.Stopped(ExitStatus.CONFIGURATION, cause)),
            new Action.Exit(ExitStatus.CONFIGURATION, cause));
    assertThat(server.state.status().phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void aJvmThatRefusesItsOptionsIsReportedInItsOwnWordsAtOnce() {
    StateFixture server = StateFixture.starting(1);

    assertThat(deeds(server.exited(0, refusedByJvm())))
        .containsExactly(
            new Action.CloseListeners(),
            new Action.Exit(
                ExitStatus.CONFIGURATION, "Multiple garbage collectors selected (exited with 1)"));
  }

  @Test
  void aJvmThatRefusesLaterThanTheFirstReadinessIsTriedAgain() {
    StateFixture server = StateFixture.running(1);
    server.exited(0, killed());
    server.spawned(0);

    assertThat(deeds(server.exited(0, refusedByJvm()))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.BACKOFF);
  }

  @Test
  void fiveFailedStartsInARowEndTheServerWithTheLastCause() {
    StateFixture server = StateFixture.starting(1);
    for (int failures = 1; failures < 5; failures++) {
      assertThat(deeds(server.exited(0, failedStart()))).isEmpty();
      assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(0));
      server.spawned(0);
    }

    assertThat(deeds(server.exited(0, failedStart())))
        .containsExactly(
            new Action.CloseListeners(),
            new Action.Exit(
                ExitStatus.FAILED,
                "5 starts in a row failed, the last one: the database is down (exited with 70)"));
  }

  @Test
  void theBudgetCountsTheStartsOfAllSlotsTogether() {
    StateFixture server = StateFixture.starting(3);
    for (int slot = 0; slot < 3; slot++) {
      server.exited(slot, failedStart());
    }
    assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(0), spawn(1), spawn(2));
    for (int slot = 0; slot < 3; slot++) {
      server.spawned(slot);
    }
    server.exited(0, failedStart());

    List<Action> last = server.exited(1, failedStart());

    assertThat(deeds(last)).containsExactly(new Action.CloseListeners(), send(2, Signum.INT));
    assertThat(deeds(server.exited(2, exit(130)))).hasOnlyElementsOfType(Action.Exit.class);
  }

  @Test
  void aServerThatHasOnceBeenReadyKeepsTrying() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    server.spawned(0);
    for (int failures = 1; failures <= 50; failures++) {
      assertThat(deeds(server.exited(0, failedStart()))).isEmpty();
      assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(0));
      server.spawned(0);
    }

    assertThat(server.state.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(server.life(1)).isEqualTo(SlotLife.READY);
  }

  @Test
  void spawnsThatFailSpendTheBudgetToo() {
    StateFixture server = new StateFixture(1);
    server.on(new Event.Started());
    Event refusal = new Event.SpawnFailed(0, "could not spawn: EAGAIN");
    for (int failures = 1; failures < 5; failures++) {
      assertThat(deeds(server.on(refusal))).isEmpty();
      server.awaitDeadline();
    }

    assertThat(deeds(server.on(refusal)))
        .containsExactly(
            new Action.CloseListeners(),
            new Action.Exit(
                ExitStatus.TRY_AGAIN,
                "5 starts in a row failed, the last one: could not spawn: EAGAIN"));
  }

  @Test
  void aWorkerThatWasBeingSpawnedWhenItBecameSurplusIsAskedToGo() {
    StateFixture server = new StateFixture(2);
    server.on(new Event.Started());
    assertThat(deeds(server.on(new Event.ResizeTo(1, "TTOU")))).isEmpty();

    assertThat(deeds(server.spawned(0))).containsExactly(send(0, Signum.TERM));
    assertThat(deeds(server.spawned(1))).isEmpty();
  }

  @Test
  void aStartThatIsNotWantedAnyMoreHasTheBoundOfADrain() {
    StateFixture server = StateFixture.starting(2);
    server.ready(0);
    server.advance(Duration.ofSeconds(29));
    server.on(new Event.ResizeTo(1, "TTOU"));

    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(server.awaitDeadline()).containsExactly(send(1, Signum.KILL));
    assertThat(server.life(0)).isEqualTo(SlotLife.READY);
    assertThat(deeds(server.on(new Event.ResizeTo(0, "TTOU")))).containsExactly(drain(0));
  }
}
