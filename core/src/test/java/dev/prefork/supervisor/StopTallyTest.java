package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import org.junit.jupiter.api.Test;

class StopTallyTest {
  private final StopTally tally = new StopTally();

  private static Slot askedWorker() {
    Slot slot = new Slot(0);
    slot.wasReady = true;
    slot.asked = true;
    slot.enter(SlotLife.DRAINING, 1);
    return slot;
  }

  private static Death exited(int code) {
    return new Death(new WaitStatus.Exited(code), Reached.MAIN, "", false);
  }

  private static Death serving(int code) {
    return new Death(new WaitStatus.Exited(code), Reached.MAIN, "", true);
  }

  @Test
  void aWorkerThatEndsByItselfHasDrained() {
    tally.asked("TERM");
    tally.ended(askedWorker(), exited(0));

    assertThat(tally.cause()).isEqualTo("TERM: 1 workers drained, 0 cut");
    assertThat(tally.status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void whoeverServedWhenItEndedIsCut() {
    Slot killed = askedWorker();
    killed.enter(SlotLife.KILLED, Slot.NO_DEADLINE);
    Slot interrupted = askedWorker();
    interrupted.interrupted = true;
    tally.asked("INT");
    tally.ended(killed, serving(137));
    tally.ended(interrupted, serving(130));
    tally.ended(askedWorker(), serving(0)); // the application's own exit

    assertThat(tally.cause()).isEqualTo("INT: 0 workers drained, 3 cut");
  }

  @Test
  void anIdleWorkerIsNotCutWhateverEndsIt() {
    Slot killed = askedWorker();
    killed.enter(SlotLife.KILLED, Slot.NO_DEADLINE);
    Slot interrupted = askedWorker();
    interrupted.interrupted = true;
    tally.asked("INT");
    tally.ended(killed, exited(137));
    tally.ended(interrupted, exited(130));

    assertThat(tally.cause()).isEqualTo("INT: 2 workers drained, 0 cut");
  }

  @Test
  void workersThatNeverServedOrWereNotAskedDoNotCount() {
    Slot neverReady = askedWorker();
    neverReady.wasReady = false;
    Slot notAsked = askedWorker();
    notAsked.asked = false;
    tally.asked("TERM");
    tally.ended(neverReady, exited(0));
    tally.ended(notAsked, exited(0));

    assertThat(tally.cause()).isEqualTo("TERM: 0 workers drained, 0 cut");
  }

  @Test
  void workersRetiredBeforeTheStopDoNotCount() {
    tally.ended(askedWorker(), exited(0));
    tally.asked("TERM");

    assertThat(tally.cause()).isEqualTo("TERM: 0 workers drained, 0 cut");
  }

  @Test
  void aFailureIsItsCauseAlone() {
    tally.failed(ExitStatus.FAILED, "5 starts in a row failed");
    tally.ended(askedWorker(), exited(0));

    assertThat(tally.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(tally.cause()).isEqualTo("5 starts in a row failed");
  }
}
