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
 * @param command whether workers are any executable, asked by signals alone; else they are JVMs of
 *     ours, told on their lifelines
 * @param readyAfterNs how long after its start a worker is ready that has not said so; {@link
 *     Slot#NO_DEADLINE} for never
 * @param startsAtOnce how many starts may be at the processors at a time once the server serves
 */
record Policy(
    PoolConfig pool,
    long startTimeoutNs,
    long stopTimeoutNs,
    int startBudget,
    boolean command,
    long readyAfterNs,
    int startsAtOnce) {
  /**
   * Pitchfork's max_consecutive_spawn_errors is off by default; 5 bounds a broken start to a
   * second.
   */
  private static final int START_BUDGET = 5;

  /** A start is at the processors for so long; whether it still is, is looked at as often. */
  static final long TURN_NS = Duration.ofSeconds(1).toNanos();

  /** With one, beside requests that loop, starts did not keep up with the deaths. */
  private static final int STARTS_PER_PROCESSOR = 2;

  /** From asking a worker to go at once to killing it. */
  static final long IMMEDIATE_NS = Duration.ofSeconds(1).toNanos();

  /**
   * A worker that left on somebody else's TERM is replaced this much later: a TERM for the whole
   * group, as service managers send it, has then reached the supervisor too, and nothing is
   * spawned.
   */
  static final long LEAVE_HOLD_NS = Duration.ofMillis(100).toNanos();

  /** A worker that ends by itself within this time of being ready may not have started in full. */
  static final long EARLY_NS = Duration.ofSeconds(5).toNanos();

  /** The longest wait for that reason: workers that serve, and die of it, are to come back. */
  static final long EARLY_END_HOLD_NS = Duration.ofSeconds(1).toNanos();

  static Policy of(ServerConfig config) {
    return new Policy(
        config.pool(),
        config.startTimeout().toNanos(),
        config.stopTimeout().toNanos(),
        START_BUDGET,
        config.application().isCommand(),
        config.application().readyAfter().map(Duration::toNanos).orElse(Slot.NO_DEADLINE),
        STARTS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
  }

  /** Whether a worker that lives, and has not said that it is ready, is so at the end of this. */
  boolean trustsSilence() {
    return readyAfterNs < startTimeoutNs;
  }

  /** The longest that a worker may be starting. */
  long startNs() {
    return Math.min(startTimeoutNs, readyAfterNs);
  }
}
