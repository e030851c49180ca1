package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Descriptors.Interest;

/**
 * Where threads of the program wait that accept from a shared listener and block. The JDK lets them
 * wait in poll(2), where a connection wakes the threads of all workers; by an epoll set it wakes
 * one of them: {@link EpollWatches}.
 */
final class BlockedAccepts {
  /** A signal that came just before a thread began to wait is not waited for any longer. */
  private static final int LOOK_MS = 1_000;

  private final Descriptors descriptors;
  private final EpollWatches watches;
  private int set = Descriptors.NO_EPOLL;
  private boolean watching;

  BlockedAccepts(Descriptors descriptors, EpollWatches watches) {
    this.descriptors = descriptors;
    this.watches = watches;
  }

  /**
   * Makes sure that the set watches the listener's descriptor; returns the set, if there is one.
   */
  int watch(int descriptor) {
    if (set == Descriptors.NO_EPOLL) {
      set = descriptors.openEpoll();
    }
    if (set != Descriptors.NO_EPOLL && !watching) {
      watching = watches.control(set, Interest.ADD, descriptor, Descriptors.EPOLLIN) == 0;
    }
    return set;
  }

  /** The program closes the descriptor. */
  void forget(int descriptor) {
    if (watching) {
      var _ = watches.control(set, Interest.DELETE, descriptor, 0);
      watching = false;
    }
  }

  /**
   * Waits until there may be a connection, but no longer than a second, and not after a signal. Not
   * to be called under a lock.
   */
  void await(int set) {
    descriptors.awaitEpoll(set, LOOK_MS);
  }
}
