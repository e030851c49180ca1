package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What becomes of a pool that is to have another number of workers. */
final class ResizeOutcome {
  private final ServerStatus before;
  private final int target;
  private final Supplier<ServerStatus> status;
  private final EventFeed.Follower events;
  private String lastFailure = "";
  private boolean takenUp;

  ResizeOutcome(
      ServerStatus before, int target, Supplier<ServerStatus> status, EventFeed.Follower events) {
    this.before = before;
    this.target = target;
    this.status = status;
    this.events = events;
  }

  boolean isTakenUp() {
    takenUp = takenUp || status.get().wanted() == target;
    return takenUp;
  }

  /** Whether waiting can't change it: done, given up, or overtaken by another request. */
  boolean isOver() {
    for (var told = events.next(); told != null; told = events.next()) {
      if (told.event() instanceof ServerEvent.WorkerExited exited && !exited.wasReady()) {
        lastFailure = exited.cause();
      }
    }
    ServerStatus now = status.get();
    boolean stopping = now.phase() == Phase.DRAINING || now.phase() == Phase.STOPPED;
    return stopping || now.wanted() != target || isDone(now) || isHopeless(now);
  }

  private boolean isDone(ServerStatus now) {
    return now.ready() == target && (target >= before.wanted() || nobodyLeaves(now));
  }

  private boolean isHopeless(ServerStatus now) {
    long failed = now.workers().stream().filter(w -> w.life() == SlotLife.FAILED).count();
    return failed > 0 && now.ready() + failed == target;
  }

  private static boolean nobodyLeaves(ServerStatus now) {
    return now.workers().stream()
        .noneMatch(
            worker -> worker.life() == SlotLife.DRAINING || worker.life() == SlotLife.KILLED);
  }

  private static List<WorkerStatus> missing(ServerStatus now) {
    return now.workers().stream().filter(worker -> !Wait.isReady(worker)).toList();
  }

  void tell(Answer answer, Wait wait) throws IOException {
    ServerStatus now = status.get();
    boolean done = now.wanted() == target && isDone(now);
    answer.result(
        done ? ExitStatus.OK : ExitStatus.TRY_AGAIN,
        change() + (done ? success(wait) : failure(now, wait)),
        out -> {
          out.field("before", before.wanted())
              .field("wanted", now.wanted())
              .field("ready", now.ready())
              .field("elapsed_ms", wait.elapsedMs())
              .name("missing")
              .beginArray();
          if (!done) {
            missing(now).forEach(worker -> out.value(Wait.describe(worker)));
          }
          out.endArray();
        });
  }

  private String change() {
    return before.wanted() == target
        ? target + " workers"
        : before.wanted() + " -> " + target + " workers";
  }

  private String success(Wait wait) {
    return target < before.wanted()
        ? ", " + (before.wanted() - target) + " retired " + wait.elapsed()
        : ", all ready " + wait.elapsed();
  }

  private String failure(ServerStatus now, Wait wait) {
    if (now.phase() == Phase.DRAINING || now.phase() == Phase.STOPPED) {
      return ": the server is stopping";
    }
    if (!takenUp) {
      return ": the supervisor has not taken it up " + wait.late();
    }
    if (now.wanted() != target) {
      return ": somebody else asked for " + now.wanted() + " meanwhile";
    }
    String missing = missing(now).stream().map(Wait::describe).collect(Collectors.joining(", "));
    String cause = lastFailure.isEmpty() ? "" : "; the last start failed: " + lastFailure;
    return ": " + now.ready() + " ready " + wait.late() + "; " + missing + cause;
  }
}
