package dev.prefork.supervisor;

import dev.prefork.config.PoolConfig;
import dev.prefork.config.ServerConfig;
import java.time.Duration;

/**
 * The numbers that the state machine decides by.
 *
 * @param pool how many workers
 * @param startTimeoutNs the bound of a worker's start
 * @param stopTimeoutNs the bound of a drain
 * @param startBudget starts in a row that may fail before any worker has ever been ready
 */
record Policy(PoolConfig pool, long startTimeoutNs, long stopTimeoutNs, int startBudget) {
  /**
   * Pitchfork's max_consecutive_spawn_errors is off by default; 5 bounds a broken start to a
   * second.
   */
  private static final int START_BUDGET = 5;

  /** From asking a worker to go at once to killing it. */
  static final long IMMEDIATE_NS = Duration.ofSeconds(1).toNanos();

  /**
   * A worker that left on somebody else's TERM is replaced this much later: a TERM for the whole
   * group, as service managers send it, has then reached the supervisor too, and nothing is
   * spawned.
   */
  static final long LEAVE_HOLD_NS = Duration.ofMillis(100).toNanos();

  static Policy of(ServerConfig config) {
    return new Policy(
        config.pool(),
        config.startTimeout().toNanos(),
        config.stopTimeout().toNanos(),
        START_BUDGET);
  }
}
