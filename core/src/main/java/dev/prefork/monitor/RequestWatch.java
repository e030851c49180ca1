package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.config.Units;
import dev.prefork.scoreboard.Scoreboard;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds requests that go on for too long: late ones once, overdue ones until their worker is gone.
 * It looks at the worker's own word for when a request began; a worker that does not run at all
 * says nothing new, and so is found as well.
 */
final class RequestWatch {
  static final long NEVER = Long.MAX_VALUE;

  private static final long OVERDUE_AGAIN_NS = Duration.ofSeconds(1).toNanos();

  /** However short the limits are, the lanes are not looked at more often for what may begin. */
  private static final long LEAST_PAUSE_NS = Duration.ofMillis(100).toNanos();

  /** A request that has been looked at, told from the next one of its lane by its beginning. */
  private static final class Seen {
    final long sinceNs;
    long forgivenNs;
    boolean late;

    Seen(long sinceNs) {
      this.sinceNs = sinceNs;
    }
  }

  private final Scoreboard scoreboard;
  private final Consequences consequences;
  private final long slowAfterNs;
  private final long timeoutNs;
  private final Map<Integer, Seen> bySeat = new HashMap<>();

  RequestWatch(Scoreboard scoreboard, Limits limits, Consequences consequences) {
    this.scoreboard = scoreboard;
    this.consequences = consequences;
    this.slowAfterNs = limits.slowAfter().map(Duration::toNanos).orElse(NEVER);
    this.timeoutNs = limits.requestTimeout().map(Duration::toNanos).orElse(NEVER);
  }

  /** Whether any request can be too long. */
  boolean isNeeded() {
    return slowAfterNs != NEVER || timeoutNs != NEVER;
  }

  /** Time in which this process did not run is not held against the requests that it saw before. */
  void overslept(long ns) {
    bySeat.values().forEach(seen -> seen.forgivenNs += ns);
  }

  /**
   * Looks at every lane.
   *
   * @return when the next one is due: at the latest when one that begins now would be
   */
  long look(ServerStatus status, long nowNs) {
    long nextNs = nowNs + Math.max(LEAST_PAUSE_NS, Math.min(slowAfterNs, timeoutNs));
    for (WorkerStatus worker : status.workers()) {
      for (int lane = 0; lane < scoreboard.lanes() && worker.pid() != 0; lane++) {
        nextNs = Math.min(nextNs, look(worker, lane, nowNs));
      }
    }
    return nextNs;
  }

  private long look(WorkerStatus worker, int lane, long nowNs) {
    int seat = worker.slot() * scoreboard.lanes() + lane;
    long sinceNs = scoreboard.sinceNs(worker.slot(), lane);
    if (sinceNs == 0) {
      bySeat.remove(seat);
      return NEVER;
    }
    Seen seen = bySeat.get(seat);
    if (seen == null || seen.sinceNs != sinceNs) {
      seen = new Seen(sinceNs);
      bySeat.put(seat, seen);
    }
    long startNs = sinceNs + seen.forgivenNs + scoreboard.extensionNs(worker.slot(), lane);
    if (timeoutNs != NEVER && nowNs - startNs >= timeoutNs) {
      String text = describe(request(worker, lane, nowNs), timeoutNs);
      consequences.overdue(worker.identity(), text);
      return nowNs + OVERDUE_AGAIN_NS;
    }
    if (slowAfterNs != NEVER && nowNs - startNs >= slowAfterNs && !seen.late) {
      seen.late = true;
      Request request = request(worker, lane, nowNs);
      consequences.late(worker.identity(), lane, request, describe(request, slowAfterNs));
    }
    long limitNs = seen.late ? timeoutNs : Math.min(slowAfterNs, timeoutNs);
    return limitNs == NEVER ? NEVER : startNs + limitNs;
  }

  private Request request(WorkerStatus worker, int lane, long nowNs) {
    return scoreboard.read(worker.slot()).lanes().get(lane).request(nowNs);
  }

  /** {@code request "GET /cart" of 127.0.0.1:4711 takes 30.0 s, the limit is 30s}. */
  private static String describe(Request request, long limitNs) {
    long tookMs = request.running().toMillis();
    String label = request.label().isEmpty() ? "" : " \"" + request.label() + "\"";
    return "request"
        + label
        + " of "
        + request.peer()
        + " takes "
        + tookMs / 1_000
        + "."
        + tookMs % 1_000 / 100
        + " s, the limit is "
        + Units.format(Duration.ofNanos(limitNs));
  }
}
