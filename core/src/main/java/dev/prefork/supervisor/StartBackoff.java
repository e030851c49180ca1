package dev.prefork.supervisor;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a slot waits after starts that failed: 100 ms after the first, doubling to 10 s, each 20
 * % more or less by chance, so that slots which failed together don't try together.
 */
final class StartBackoff {
  private static final long FIRST_NS = Duration.ofMillis(100).toNanos();
  private static final long MOST_NS = Duration.ofSeconds(10).toNanos();
  private static final double SPREAD = 0.2;

  private final DoubleSupplier random;

  /**
   * Makes the policy.
   *
   * @param random evenly spread over 0 (included) to 1 (excluded)
   */
  StartBackoff(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * The wait before the next start.
   *
   * @param failures starts in a row that failed, at least 1
   */
  long waitNs(int failures) {
    int doublings = Math.min(failures - 1, 7); // 100 ms · 2⁷ is over 10 s already
    long base = Math.min(FIRST_NS << doublings, MOST_NS);
    return (long) (base * (1 - SPREAD + 2 * SPREAD * random.getAsDouble()));
  }
}
