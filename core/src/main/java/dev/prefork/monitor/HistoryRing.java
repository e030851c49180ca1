package dev.prefork.monitor;

import dev.prefork.ServerHistory;
import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerStatus;
import dev.prefork.scoreboard.Counters;
import dev.prefork.scoreboard.Durations;
import dev.prefork.scoreboard.Totals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The last quarter of an hour: what has changed from second to second. */
final class HistoryRing {
  private final ArrayDeque<Second> seconds = new ArrayDeque<>(ServerHistory.MAX_SECONDS + 1);
  private Totals before = new Totals(Counters.ZERO, Durations.none());
  private long spawnedBefore;
  private long deathsBefore;

  /**
   * Adds a second.
   *
   * @param missed whether more than it has passed since the last: it then is left out, with all
   *     that came in it
   */
  synchronized void add(
      Instant time, ServerStatus status, Totals totals, int busy, int queued, boolean missed) {
    if (!missed) {
      seconds.addLast(second(time, status, totals, busy, queued));
    }
    if (seconds.size() > ServerHistory.MAX_SECONDS) {
      seconds.removeFirst();
    }
    before = totals;
    spawnedBefore = status.spawned();
    deathsBefore = status.deaths();
  }

  private Second second(Instant time, ServerStatus status, Totals totals, int busy, int queued) {
    Durations durations = totals.durations().since(before.durations());
    Counters now = totals.counters();
    Counters then = before.counters();
    return new Second(
        time,
        status.ready(),
        busy,
        queued,
        now.connections() - then.connections(),
        now.requests() - then.requests(),
        now.errors() - then.errors(),
        (int) (status.spawned() - spawnedBefore),
        (int) (status.deaths() - deathsBefore),
        durations.quantileNs(0.5),
        durations.quantileNs(0.99));
  }

  synchronized ServerHistory history() {
    return new ServerHistory(List.copyOf(seconds));
  }
}
