package dev.prefork.scoreboard;

import dev.prefork.ServerSnapshot;
import java.time.Duration;

/**
 * A lane at one moment, as its worker wrote it: a hint, not a fact.
 *
 * @param counters since the worker's start
 * @param sinceNs when the current request began ({@link System#nanoTime}); 0 if the lane is idle
 * @param deadlineNs when the current request is to be over
 * @param peer the current or last peer, {@code 127.0.0.1:4711}; empty before the first
 * @param label what the application calls the current or last request; may be empty
 * @param lastError what the handler last threw; empty if nothing
 */
public record LaneReading(
    Counters counters, long sinceNs, long deadlineNs, String peer, String label, String lastError) {

  /** Whether a request is being served. */
  public boolean isBusy() {
    return sinceNs != 0;
  }

  /** The request that is being served, as those see it who ask for it. */
  public ServerSnapshot.Request request(long nowNs) {
    return new ServerSnapshot.Request(
        peer,
        label,
        Duration.ofNanos(Math.max(0, nowNs - sinceNs)),
        Duration.ofNanos(deadlineNs - nowNs));
  }
}
