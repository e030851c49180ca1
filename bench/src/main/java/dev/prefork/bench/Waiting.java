package dev.prefork.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what tells nobody that it has happened. */
final class Waiting {
  private static final long LOOK_EVERY_NS = 200_000;

  private Waiting() {}

  /** Looks again and again; false if it has not happened in time. */
  static boolean until(BooleanSupplier happened, long patienceMs) {
    return until(happened, patienceMs, LOOK_EVERY_NS);
  }

  /** As {@link #until(BooleanSupplier, long)}, with another time between two looks. */
  static boolean until(BooleanSupplier happened, long patienceMs, long everyNs) {
    long endNs = System.nanoTime() + patienceMs * 1_000_000;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        return false;
      }
      LockSupport.parkNanos(everyNs);
    }
    return true;
  }

  /** Lets the time pass; false if interrupted. */
  static boolean sleep(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
