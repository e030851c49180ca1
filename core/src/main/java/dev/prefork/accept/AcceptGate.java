package dev.prefork.accept;

import dev.prefork.AcceptMode;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of a worker wait for their next connection. A thread comes here only when it is
 * free, so a busy worker leaves the connection in the shared kernel queue for an idle one.
 *
 * <p>Closing the gate closes this worker's descriptors of the listeners and interrupts nobody: an
 * accept that has taken a connection returns it.
 */
public final class AcceptGate {
  private final Acceptor acceptor;
  private final AcceptLock lock;
  private final AtomicInteger inside = new AtomicInteger();
  private boolean opened;
  private volatile boolean closed;

  AcceptGate(Acceptor acceptor, AcceptLock lock) {
    this.acceptor = acceptor;
    this.lock = lock;
  }

  /**
   * Opens the gate of a worker.
   *
   * @param listeners its inherited listeners, one that blocks if it is alone under a lock, or that
   *     don't
   * @param lockPath the lock file of all workers, by a path that opens it anew; unused in mode
   *     kernel
   */
  public static AcceptGate open(
      AcceptMode mode, List<ServerSocketChannel> listeners, String lockPath) throws IOException {
    return switch (mode) {
      case KERNEL -> new AcceptGate(new WatchingAcceptor(listeners), new NoLock());
      case FCNTL -> new AcceptGate(underLock(listeners), new FcntlLock(lockPath));
      case FLOCK ->
          new AcceptGate(underLock(listeners), new FlockLock(Posix.system(), Path.of(lockPath)));
    };
  }

  private static Acceptor underLock(List<ServerSocketChannel> listeners) throws IOException {
    return listeners.size() == 1
        ? new SingleAcceptor(listeners.getFirst())
        : new PollingAcceptor(listeners);
  }

  /**
   * Waits for the next connection. Who gets one calls {@link #leave} when it has been served.
   *
   * @return null if there was none after all, or if the gate is closed
   * @throws IOException if accept(2) failed, as with no descriptor left; the lock is given back
   */
  @Nullable SocketChannel accept() throws IOException {
    if (!lock.acquire()) {
      return null;
    }
    SocketChannel accepted = null;
    boolean entered = enter();
    try {
      accepted = entered ? acceptor.accept() : null;
      return accepted;
    } finally {
      lock.release();
      if (entered && accepted == null) {
        leave();
      }
    }
  }

  /** Counts first and looks then, as {@link #close} does the other way round: one of them sees. */
  private boolean enter() {
    inside.incrementAndGet();
    if (closed) {
      leave();
      return false;
    }
    return true;
  }

  /** Lets the waiting threads in: from now on connections are accepted here. */
  public synchronized void letIn() {
    opened = true;
    notifyAll();
  }

  /** Waits for {@link #letIn}; returns at once if the gate has been closed. */
  synchronized void awaitLetIn() throws InterruptedException {
    while (!opened && !closed) {
      wait();
    }
  }

  /** Says that a connection has been served. */
  void leave() {
    inside.decrementAndGet();
    if (closed) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Whether connections are still accepted here. */
  boolean isOpen() {
    return !closed;
  }

  /** Waits, but no longer than until the gate is closed. */
  synchronized void pause(long millis) throws InterruptedException {
    long deadlineNs = System.nanoTime() + millis * 1_000_000;
    long leftMs = millis;
    while (!closed && leftMs > 0) {
      wait(leftMs);
      leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    }
  }

  /** Accepts no more. Connections that were taken go on. */
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    acceptor.close();
    lock.close();
  }

  /**
   * Waits until no thread holds a connection or can still take one. A thread that waits for a lock
   * which can't wake it is not waited for: it will find the gate closed.
   *
   * @return false if the time was over first
   */
  public synchronized boolean awaitServed(long timeoutMs) throws InterruptedException {
    long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000;
    while (inside.get() > 0) {
      long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }
}
