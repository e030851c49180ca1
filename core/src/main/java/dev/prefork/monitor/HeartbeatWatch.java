package dev.prefork.monitor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Units;
import dev.prefork.scoreboard.Scoreboard;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds workers whose JVM no longer runs: an unchanged program that tells nothing of its requests
 * is bounded by that alone. Looks are counted, not time: while the machine sleeps nobody looks.
 */
final class HeartbeatWatch {
  private record Seen(long heartbeatNs, int looks) {}

  /** A beat may just have missed a look. */
  private static final int LEAST_LOOKS = 2;

  private final Scoreboard scoreboard;
  private final Optional<Duration> timeout;
  private final Consequences consequences;
  private Map<Long, Seen> byPid = new HashMap<>();

  /**
   * Has seen nobody yet.
   *
   * @param timeout how long a JVM may be silent; empty for ever
   */
  HeartbeatWatch(Scoreboard scoreboard, Optional<Duration> timeout, Consequences consequences) {
    this.scoreboard = scoreboard;
    this.timeout = timeout;
    this.consequences = consequences;
  }

  /** To be called once a second. */
  void look(ServerStatus status) {
    Map<Long, Seen> living = new HashMap<>();
    for (WorkerStatus worker : status.workers()) {
      long heartbeatNs = scoreboard.heartbeatNs(worker.slot());
      if (worker.pid() != 0 && heartbeatNs != 0 && timeout.isPresent()) {
        living.put(worker.pid(), look(worker, heartbeatNs, timeout.get()));
      }
    }
    byPid = living;
  }

  private Seen look(WorkerStatus worker, long heartbeatNs, Duration limit) {
    @Nullable Seen before = byPid.get(worker.pid());
    int looks = before == null || before.heartbeatNs != heartbeatNs ? 0 : before.looks + 1;
    Seen now = new Seen(heartbeatNs, looks);
    if (now.looks >= Math.max(LEAST_LOOKS, limit.toSeconds())) {
      consequences.silent(
          worker.identity(), "its JVM has not run for " + Units.format(limit) + " or longer");
    }
    return now;
  }
}
