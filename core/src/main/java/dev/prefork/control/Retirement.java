package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.WorkerIdentity;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code retire}: another worker in place of a slot's, and how it went. */
final class Retirement {
  private final Controlled server;
  private final EventFeed feed;

  Retirement(Controlled server, EventFeed feed) {
    this.server = server;
    this.feed = feed;
  }

  void retire(Arguments arguments, Answer answer) throws IOException {
    int slot = arguments.number("slot", 0, Integer.MAX_VALUE);
    Wait wait = new Wait(arguments.timeout(Wait.DEFAULT_TIMEOUT));
    arguments.done();
    Wait.requireRunning(server);
    ServerStatus before = server.status();
    WorkerStatus old = worker(before, slot);
    try (var _ = feed.follow(answer::wake)) {
      server.retire(slot, answer.origin());
      var _ = answer.await(() -> isReplaced(server.status(), old), wait.deadlineNs());
      tell(answer, before, old, wait);
    }
  }

  private static WorkerStatus worker(ServerStatus status, int slot) {
    return Wait.slot(status, slot)
        .filter(worker -> worker.pid() != 0)
        .orElseThrow(() ->
            new PreforkException(
                ExitStatus.USAGE,
                "slot "
                    + slot
                    + " holds no worker; these do: "
                    + String.join(
                        ", ",
                        status.workers().stream()
                            .filter(worker -> worker.pid() != 0)
                            .map(worker -> Integer.toString(worker.slot()))
                            .toList())));
  }

  private static boolean isReplaced(ServerStatus now, WorkerStatus old) {
    return now.ready() >= now.wanted()
        && now.workers().stream().noneMatch(worker -> worker.pid() == old.pid());
  }

  /** Whoever accepts now and did not before: in another slot, if it was ready first. */
  private static Optional<WorkerStatus> successor(ServerStatus before, ServerStatus now) {
    return accepting(now)
        .filter(worker -> accepting(before).noneMatch(other -> other.pid() == worker.pid()))
        .findFirst();
  }

  private static Stream<WorkerStatus> accepting(ServerStatus status) {
    return status.workers().stream().filter(worker -> worker.life() == SlotLife.READY);
  }

  private void tell(Answer answer, ServerStatus before, WorkerStatus old, Wait wait)
      throws IOException {
    ServerStatus now = server.status();
    boolean done = isReplaced(now, old);
    Optional<WorkerStatus> successor = successor(before, now);
    String ready = successor.map(worker -> ", " + worker.identity() + " ready").orElse("");
    answer.result(
        done ? ExitStatus.OK : ExitStatus.TRY_AGAIN,
        done
            ? old.identity() + " retired" + ready + " " + wait.elapsed()
            : old.identity() + " is not replaced " + wait.late() + missing(now, old),
        out -> {
          EventJson.identity(out.name("old").beginObject(), old.identity()).endObject();
          if (successor.isPresent()) {
            WorkerIdentity identity = successor.get().identity();
            EventJson.identity(out.name("new").beginObject(), identity).endObject();
          }
          out.field("elapsed_ms", wait.elapsedMs());
        });
  }

  private static String missing(ServerStatus now, WorkerStatus old) {
    return now.workers().stream()
        .filter(worker -> worker.pid() == old.pid() || !Wait.isReady(worker))
        .map(Wait::describe)
        .collect(Collectors.joining(", ", ": ", ""));
  }
}
