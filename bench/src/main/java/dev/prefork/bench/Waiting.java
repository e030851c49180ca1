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
    long endNs = System.nanoTime() + patienceMs * 1_000_000;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY_NS);
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
