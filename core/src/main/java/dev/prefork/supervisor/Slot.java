package dev.prefork.supervisor;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.WorkerIdentity;
import dev.prefork.posix.Pid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fixed place for one worker: what is observed of it. What is wanted stands elsewhere. */
final class Slot {
  static final long NO_DEADLINE = Long.MAX_VALUE;

  final int index;
  SlotLife life = SlotLife.EMPTY;
  int generation = 1;
  @Nullable Pid pid;

  /** When this life is over at the latest: start timeout, stop timeout, end of a back-off. */
  long deadlineNs = NO_DEADLINE;

  /** When its worker began to start. */
  long startedNs;

  /**
   * Starts in a row that failed, or whose worker ended early; one that has been ready for longer
   * clears it.
   */
  int startFailures;

  /** Whether its worker has ever been ready. */
  boolean wasReady;

  /** When it was; means something if it has ever been. */
  long readyNs;

  /** How far its worker has come on its way to ready, by its own word; empty if it says nothing. */
  String progress = "";

  /** Whether the supervisor has asked its worker to go. */
  boolean asked;

  /** Whether its worker has been told to go at once. */
  boolean interrupted;

  /** Whether its worker leaves because somebody else asked it to. */
  boolean leaving;

  /** Why its worker is to be replaced, as soon as another one is ready; empty if it is not. */
  String recycleReason = "";

  /** Why the supervisor has killed its worker; empty if it has not. */
  String killReason = "";

  /** What its worker's end will be put down to, if the supervisor has brought it about. */
  @Nullable Cause fate;

  Slot(int index) {
    this.index = index;
  }

  /** Whether it holds a process, or one that is just being spawned. */
  boolean isLive() {
    return switch (life) {
      case STARTING, SPARE, READY, DRAINING, KILLED -> true;
      case EMPTY, BACKOFF, FAILED -> false;
    };
  }

  /** Whether it holds no process, but waits for its next or for nothing. */
  boolean isWaiting() {
    return life == SlotLife.BACKOFF || life == SlotLife.FAILED;
  }

  /** Whether it counts as one of the workers that are wanted: who has been asked to go does not. */
  boolean isOccupied() {
    return isWaiting() || (isLive() && !asked);
  }

  /** Whether its worker is to be replaced. */
  boolean isRecycled() {
    return !recycleReason.isEmpty();
  }

  /** Its worker's pid; only where it is known to hold one. */
  Pid pid() {
    return Objects.requireNonNull(pid);
  }

  void enter(SlotLife next, long nextDeadlineNs) {
    life = next;
    deadlineNs = nextDeadlineNs;
  }

  /** Forgets the worker that was here. */
  void clear() {
    pid = null;
    wasReady = false;
    progress = "";
    asked = false;
    interrupted = false;
    leaving = false;
    recycleReason = "";
    killReason = "";
    fate = null;
    enter(SlotLife.EMPTY, NO_DEADLINE);
  }

  /**
   * Whether its worker has given up though it had hardly been ready: a program may open before its
   * start is over, and what fails then ends it. Who has a request in hand dies of that.
   */
  boolean endedEarly(Death death, long nowNs) {
    boolean byItself = death.cause(wasReady) == Cause.EXITED && !asked && !leaving;
    boolean gaveUp = byItself && death.exitCode() > 0 && !death.serving();
    return gaveUp && nowNs - readyNs < Policy.EARLY_NS;
  }

  /**
   * Why its worker has ended; of a start that nobody explains, how far it had come, too.
   *
   * @param early whether it has ended early
   */
  String cause(Death death, boolean early) {
    if (!killReason.isEmpty()) {
      return killReason;
    }
    boolean start = early || (!asked && !wasReady);
    return start && death.lastWords().isEmpty() ? startFailure(death.cause()) : death.cause();
  }

  /** Why its start has failed, and how far it had come. */
  String startFailure(String cause) {
    return progress.isEmpty() ? cause : cause + ": " + progress;
  }

  WorkerIdentity identity() {
    return new WorkerIdentity(index, generation, pid == null ? 0 : pid.value());
  }

  WorkerStatus status() {
    return new WorkerStatus(index, generation, pid == null ? 0 : pid.value(), life);
  }
}
