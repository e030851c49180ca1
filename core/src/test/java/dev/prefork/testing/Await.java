package dev.prefork.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a witness instead of for a time. */
public final class Await {
  /** Nothing that works comes near it, on a busy machine that is slow by the hour either. */
  public static final Duration BOUND = Duration.ofSeconds(60);

  private static final long LOOK_AGAIN_NS = 5_000_000;

  private Await() {}

  /** Waits until the condition holds; fails after {@link #BOUND}. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, BOUND, condition);
  }

  /** Waits until the condition holds; fails after {@code bound}. */
  public static void until(String what, Duration bound, BooleanSupplier condition) {
    if (!holdsWithin(bound, condition)) {
      throw new AssertionError("waited in vain for " + bound.toMillis() + " ms: " + what);
    }
  }

  /** Whether the condition comes to hold in time. */
  public static boolean holdsWithin(Duration bound, BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > bound.toNanos()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NS);
    }
    return true;
  }
}
