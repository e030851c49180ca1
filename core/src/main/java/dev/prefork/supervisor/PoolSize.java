package dev.prefork.supervisor;

import dev.prefork.config.PoolConfig;

/**
 * How many workers the load wants, as Apache's prefork MPM does it: while fewer than {@code
 * minIdle} workers are idle it adds one, a second later two, then four, up to 32 a second; while
 * more than {@code maxIdle} are, or all have nothing to do, it takes away one a second.
 */
final class PoolSize {
  /** Apache's MAX_SPAWN_RATE. */
  private static final int MAX_GROWTH = 32;

  private final PoolConfig pool;
  private int growth = 1;

  PoolSize(PoolConfig pool) {
    this.pool = pool;
  }

  /**
   * To be asked once a second.
   *
   * @param wanted until now
   * @param toCome of these, those that do not accept yet
   * @param idle workers that accept and have nothing to do
   */
  int next(int wanted, int toCome, int idle) {
    int change = 0;
    if (idle + toCome < pool.minIdle()) {
      change = growth;
      growth = Math.min(2 * growth, MAX_GROWTH);
    } else {
      growth = 1;
      boolean nothingToDo = idle == wanted && idle > pool.minIdle();
      change = toCome == 0 && (idle > pool.maxIdle() || nothingToDo) ? -1 : 0;
    }
    return Math.clamp((long) wanted + change, pool.min(), pool.max());
  }
}
