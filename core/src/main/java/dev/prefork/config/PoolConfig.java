package dev.prefork.config;

import org.jspecify.annotations.Nullable;

/**
 * How many workers a server has. A pool whose {@code min} is below its {@code max} and whose {@code
 * minIdle} is above 0 follows the load.
 *
 * @param workers wanted at the start
 * @param min the fewest that the load may bring
 * @param max the most that the load or a resize may bring, at least {@code workers}
 * @param minIdle grow when fewer workers are idle; 0 for a pool that follows no load
 * @param maxIdle shrink when more workers are idle
 * @param spares ready workers beside those that accept
 */
public record PoolConfig(int workers, int min, int max, int minIdle, int maxIdle, int spares) {

  /** A pool of a fixed size that a resize may grow. */
  public static PoolConfig fixed(int workers, int max, int spares) {
    return new PoolConfig(workers, workers, max, 0, 0, spares);
  }

  /**
   * A pool as options describe it, which fit together.
   *
   * @param min null for one that follows no load
   * @param max null for the default
   */
  public static PoolConfig of(
      int workers,
      @Nullable Integer min,
      @Nullable Integer max,
      int minIdle,
      int maxIdle,
      int spares) {
    int most = max == null ? defaultMax(workers) : max;
    return min == null
        ? fixed(workers, most, spares)
        : new PoolConfig(workers, min, most, minIdle, maxIdle, spares);
  }

  /** The default of {@code --max-workers}: four times the workers, at least 16. */
  public static int defaultMax(int workers) {
    return Math.max(16, 4 * workers);
  }

  /** Whether the load decides between {@code min} and {@code max}. */
  public boolean followsLoad() {
    return minIdle > 0;
  }

  /** The most workers that there are without anybody's asking for more, spares among them. */
  public int largest() {
    return (followsLoad() ? max : workers) + spares;
  }

  /** The most slots that can hold a process at a time: all anew while as many still drain. */
  public int maxSlots() {
    return 2 * (max + spares);
  }
}
