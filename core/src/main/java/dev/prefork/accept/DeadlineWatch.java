package dev.prefork.accept;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the deadlines of connections, from a thread of its own: a thread that waits in a read or
 * a write, or computes, can't do it itself.
 *
 * <p>It costs a connection two stores. All connections of a worker have the same length of life, so
 * a watch that sleeps until one deadline is early enough for every later one; only a watch at rest,
 * with nothing to wait for, must be woken. An idle worker's watch makes no system call.
 */
public final class DeadlineWatch implements Runnable {
  private final AtomicReferenceArray<@Nullable SocketConnection> open;
  private volatile @Nullable Thread resting;

  /**
   * Prepares the watch.
   *
   * @param threads how many threads serve connections
   */
  public DeadlineWatch(int threads) {
    this.open = new AtomicReferenceArray<>(threads);
  }

  void begin(int thread, SocketConnection connection) {
    open.set(thread, connection);
    Thread sleeper = resting;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  void end(int thread) {
    open.set(thread, null);
  }

  @Override
  public void run() {
    while (true) {
      long waitNs = enforce();
      if (waitNs < Long.MAX_VALUE) {
        LockSupport.parkNanos(this, waitNs);
        continue;
      }
      resting = Thread.currentThread();
      if (enforce() == Long.MAX_VALUE) { // a connection may have begun before the flag was seen
        LockSupport.park(this);
      }
      resting = null;
    }
  }

  /** Returns the time until something is due, or the maximum if no connection is open. */
  private long enforce() {
    long nowNs = System.nanoTime();
    long nextNs = Long.MAX_VALUE;
    for (int thread = 0; thread < open.length(); thread++) {
      SocketConnection connection = open.get(thread);
      if (connection != null) {
        nextNs = Math.min(nextNs, enforce(connection, nowNs, thread));
      }
    }
    return nextNs;
  }

  private long enforce(SocketConnection connection, long nowNs, int thread) {
    long leftNs = Long.MAX_VALUE;
    try {
      leftNs = connection.enforce(nowNs);
    } catch (IOException e) {
      // it has ended meanwhile
    }
    if (leftNs == Long.MAX_VALUE) {
      open.compareAndSet(thread, connection, null);
    }
    return leftNs;
  }
}
