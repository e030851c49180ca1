package dev.prefork.accept;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * flock(2), as the original means to use it. The lock belongs to the open file description, so each
 * worker opens the file itself; an inherited descriptor would share the lock with its siblings and
 * exclude nobody. Its threads exclude each other by a lock of Java's before it.
 */
final class FlockLock implements AcceptLock {
  private final Posix posix;
  private final Fd file;
  private final ReentrantLock threads = new ReentrantLock();
  private volatile boolean closed;

  FlockLock(Posix posix, Path path) {
    this.posix = posix;
    this.file = posix.open(path);
  }

  @Override
  public boolean acquire() {
    threads.lock();
    posix.lock(file);
    if (closed) {
      release();
      return false;
    }
    return true;
  }

  @Override
  public void release() {
    posix.unlock(file);
    threads.unlock();
  }

  /** A thread in flock(2) can't be woken: it leaves when it gets the lock, or with the process. */
  @Override
  public void close() {
    closed = true;
  }
}
