package dev.prefork.posix;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open descriptor of this process, owned: whoever holds it closes it, once. Close-on-exec unless
 * its maker says otherwise.
 */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;

  private final Closer closer;
  private final AtomicInteger number;

  /**
   * Takes ownership of an open descriptor.
   *
   * @param closer closes it
   * @param number the descriptor, at least 0
   */
  public Fd(Closer closer, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a descriptor is at least 0, not " + number);
    }
    this.closer = closer;
    this.number = new AtomicInteger(number);
  }

  /**
   * The number, for the next system call.
   *
   * @throws IllegalStateException if closed: the number may be another file's by now
   */
  public int number() {
    int open = number.get();
    if (open == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return open;
  }

  /** Whether it has not been closed yet. */
  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  /** Closes the descriptor; a second call does nothing. */
  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      closer.close(open);
    }
  }

  @Override
  public String toString() {
    int open = number.get();
    return open == CLOSED ? "fd closed" : "fd " + open;
  }
}
