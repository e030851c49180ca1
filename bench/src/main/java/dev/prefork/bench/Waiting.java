package dev.prefork.bench;

import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

  /**
   * Waits for what is measured on another thread.
   *
   * @throws PreforkException as it did
   */
  static <T> T result(Future<T> measurement) {
    try {
      return measurement.get();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PreforkException failure) {
        throw failure;
      }
      throw new AssertionError("a measurement fails in one way only", e); // cannot happen
    }
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
