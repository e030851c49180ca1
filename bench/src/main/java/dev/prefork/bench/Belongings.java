package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Everything that this run has started, so that all of it is ended, last first: at the end, after a
 * failure, on Ctrl-C. What is kept here must stand being closed twice, each time within a bound.
 */
final class Belongings implements AutoCloseable {

  /** A thing whose end can't fail. */
  interface Belonging extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Belonging> kept = new ArrayDeque<>();
  private boolean closed;
  private boolean interrupted;

  /**
   * Starts something and keeps it. The starter must not wait: nothing can be ended meanwhile.
   *
   * @throws PreforkException if the end has begun; nothing is started then
   */
  synchronized <T extends Belonging> T keep(Supplier<T> starter) {
    if (closed) {
      throw new PreforkException(ExitStatus.TRY_AGAIN, "interrupted");
    }
    T started = starter.get();
    kept.push(started);
    return started;
  }

  /** Ends one of them now. */
  void end(Belonging belonging) {
    belonging.close();
    synchronized (this) {
      kept.remove(belonging);
    }
  }

  /** Ends all of them because the run is being cut short: what fails from now on is no news. */
  void interrupt() {
    synchronized (this) {
      interrupted = true;
    }
    close();
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public void close() {
    Deque<Belonging> left;
    synchronized (this) {
      closed = true;
      left = new ArrayDeque<>(kept);
      kept.clear();
    }
    left.forEach(Belonging::close);
  }
}
