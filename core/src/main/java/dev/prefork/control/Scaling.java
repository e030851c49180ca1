package dev.prefork.control;

import dev.prefork.ServerStatus;
import java.io.IOException;
import java.time.Duration;

/** {@code scale}: another number of workers, and how it went. */
final class Scaling {
  /** The supervisor takes a request up in microseconds; a stopped process never does. */
  private static final Duration TAKEN_UP = Duration.ofSeconds(5);

  private final Controlled server;
  private final EventFeed feed;

  Scaling(Controlled server, EventFeed feed) {
    this.server = server;
    this.feed = feed;
  }

  void scale(Arguments arguments, Answer answer) throws IOException {
    boolean absolute = arguments.has("workers");
    if (absolute == arguments.has("change")) {
      throw arguments.refused("give either workers or change");
    }
    Wait wait = new Wait(arguments.timeout(Wait.DEFAULT_TIMEOUT));
    arguments.done();
    Wait.requireRunning(server);
    try (var follower = feed.follow(answer::wake)) {
      ResizeOutcome outcome;
      synchronized (this) { // two peers that add one each add two
        ServerStatus before = server.status();
        int target = absolute ? workers(arguments) : changed(arguments, before.wanted());
        outcome = new ResizeOutcome(before, target, server::status, follower);
        server.resize(target, answer.origin());
        var _ = answer.await(outcome::isTakenUp, System.nanoTime() + TAKEN_UP.toNanos());
      }
      var _ = answer.await(outcome::isOver, wait.deadlineNs());
      outcome.tell(answer, wait);
    }
  }

  private int workers(Arguments arguments) {
    return arguments.number("workers", 0, server.maxWorkers());
  }

  private int changed(Arguments arguments, int wanted) {
    int most = server.maxWorkers();
    int target = wanted + arguments.number("change", -most, most);
    if (target < 0 || target > most) {
      throw arguments.refused(
          "the number of workers must be 0 to "
              + most
              + ", not "
              + target
              + " (max-workers is "
              + most
              + ", "
              + wanted
              + " are wanted now)");
    }
    return target;
  }
}
