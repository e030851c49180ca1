package dev.prefork.accept;

import java.io.IOException;

/** The accept mutex: of all threads of all workers, at most one holds it. */
interface AcceptLock {
  /**
   * Waits for the lock.
   *
   * @return false if the lock was closed meanwhile
   */
  boolean acquire() throws IOException;

  /** Gives the lock back. */
  void release() throws IOException;

  /** Wakes a thread that waits in {@link #acquire}, where the kind of lock can; it gets false. */
  void close() throws IOException;
}
