package dev.prefork.server;

import dev.prefork.ServerEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the listeners on a thread of its own, so that neither a slow listener nor a stuck
 * log reader ever stops the supervisor. Bounded: what does not fit is dropped and counted.
 */
final class EventQueue implements Runnable {
  private static final int CAPACITY = 10_000;

  private final List<Consumer<ServerEvent>> listeners;
  private final ArrayDeque<ServerEvent> waiting = new ArrayDeque<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("prefork-events").unstarted(this);
  private long dropped;
  private boolean busy;
  private boolean closed;

  EventQueue(List<Consumer<ServerEvent>> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void start() {
    thread.start();
  }

  /** Adds an event, or counts it as dropped. Never waits. */
  synchronized void offer(ServerEvent event) {
    if (waiting.size() >= CAPACITY) {
      dropped++;
      return;
    }
    waiting.add(event);
    notifyAll();
  }

  @Override
  public void run() {
    for (ServerEvent event = take(); event != null; event = take()) {
      for (Consumer<ServerEvent> listener : listeners) {
        tell(listener, event);
      }
    }
  }

  private static void tell(Consumer<ServerEvent> listener, ServerEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private synchronized @Nullable ServerEvent take() {
    busy = false;
    notifyAll();
    try {
      while (waiting.isEmpty() && dropped == 0 && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return null; // nobody interrupts this thread: it is the end
    }
    ServerEvent next = waiting.poll();
    if (next == null && dropped > 0) {
      next = new ServerEvent.Dropped(dropped);
      dropped = 0;
    }
    busy = next != null;
    return next;
  }

  /** Takes no more, and waits until the listeners have heard all, but not for a stuck one. */
  synchronized void close(long patienceMs) {
    closed = true;
    notifyAll();
    long deadlineNs = System.nanoTime() + patienceMs * 1_000_000;
    long leftMs = patienceMs;
    try {
      while ((busy || !waiting.isEmpty()) && leftMs > 0) {
        wait(leftMs);
        leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
