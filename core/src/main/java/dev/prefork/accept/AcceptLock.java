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

  /**
   * Lets somebody run who has been woken for the lock. Without it the worker that has just given
   * the lock back often has it again before; shares of 0.6 to 1.6 times the mean were seen.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler is what is meant
  static void letWaitersPass() {
    Thread.yield();
  }

  /** Gives the lock back. */
  void release() throws IOException;

  /** Wakes a thread that waits in {@link #acquire}, where the kind of lock can; it gets false. */
  void close() throws IOException;
}
