package dev.prefork.accept;

import dev.prefork.posix.ListenerWatch;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking listeners and no lock: all free workers wait, and a connection wakes one of them.
 * While there are few connections the same worker serves one after the other, then the next has its
 * turn.
 */
final class WatchingAcceptor implements Acceptor {
  /** Connections of a turn: short, for alike shares; and yet most find the caches warm. */
  private static final int TURN = 16;

  private final List<ServerSocketChannel> listeners;
  private final ListenerWatch watch;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean closed;

  WatchingAcceptor(List<ServerSocketChannel> listeners) throws IOException {
    this.listeners = listeners;
    for (ServerSocketChannel listener : listeners) {
      listener.configureBlocking(false); // the supervisor has set the shared flag so already
    }
    this.watch = ListenerWatch.open(listeners);
  }

  @Override
  public @Nullable SocketChannel accept() throws IOException {
    if (taken.get() >= TURN) {
      watch.goBehind();
      taken.set(0);
    }
    SocketChannel accepted = take();
    return accepted == null ? awaitAndTake() : accepted;
  }

  /** One thread of a worker waits, and has taken what it was woken for when the next one does. */
  private synchronized @Nullable SocketChannel awaitAndTake() throws IOException {
    SocketChannel accepted = null;
    while (accepted == null && !closed) {
      watch.await(); // not at all for a connection that has come meanwhile
      accepted = take();
    }
    return accepted;
  }

  /** Begins with another listener each time, so that a busy one starves no other. */
  private @Nullable SocketChannel take() throws IOException {
    try {
      int first = taken.get();
      for (int i = 0; i < listeners.size(); i++) {
        SocketChannel accepted = listeners.get((first + i) % listeners.size()).accept();
        if (accepted != null) {
          taken.incrementAndGet();
          return accepted;
        }
      }
      return null;
    } catch (ClosedChannelException e) {
      return null; // a connection that had been taken would have been returned
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    watch.close();
    for (ServerSocketChannel listener : listeners) {
      listener.close();
    }
  }
}
