package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.listen.Listener;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Posix.AcceptQueue;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.SocketAddresses;
import java.util.ArrayList;
import java.util.List;

/** How many connections wait in the kernel for a worker. */
final class QueueGauge {
  private static final int UNKNOWN = -1;

  private final Posix posix;
  private final List<Listener> listeners;

  QueueGauge(Posix posix, List<Listener> listeners) {
    this.posix = posix;
    this.listeners = List.copyOf(listeners);
  }

  /** All listeners' queues together; -1 if one of them is not known. */
  int total() {
    int total = 0;
    for (Listener listener : listeners) {
      int length = read(listener).length();
      if (length < 0) {
        return UNKNOWN;
      }
      total += length;
    }
    return total;
  }

  List<Listening> read() {
    List<Listening> all = new ArrayList<>();
    for (Listener listener : listeners) {
      AcceptQueue queue = read(listener);
      String address = SocketAddresses.format(listener.address());
      all.add(new Listening(address, queue.length(), queue.limit()));
    }
    return all;
  }

  /** The supervisor may close a listener at any moment: a stop begins so. */
  private AcceptQueue read(Listener listener) {
    try {
      return listener.socket().isOpen() ? posix.acceptQueue(listener.socket()) : AcceptQueue.NONE;
    } catch (PosixException | IllegalStateException e) {
      return AcceptQueue.NONE; // closed meanwhile
    }
  }
}
