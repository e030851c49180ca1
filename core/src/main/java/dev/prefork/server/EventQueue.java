package dev.prefork.server;

import dev.prefork.ServerEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the listeners on a thread of its own, so that neither a slow listener nor a stuck
 * log reader ever stops the supervisor. Bounded in number and in memory: what does not fit is
 * dropped and counted, and the count is told at the place of the gap. What is bulky, as workers'
 * output and thread dumps, is dropped first, so that a flood of it pushes no death out.
 */
final class EventQueue implements Runnable {
  private static final int CAPACITY = 10_000;

  /** What is left is for the supervisor's own events. */
  private static final int BULKY_CAPACITY = 9_000;

  /** Of what is bulky: 4 MiB at most, an eighth of the heap that the launcher gives. */
  private static final int BULKY_CHARS = 2 << 20;

  private final List<Consumer<ServerEvent>> listeners;
  private final ArrayDeque<ServerEvent> waiting = new ArrayDeque<>();
  private final Thread thread;
  private int bulkyChars;

  /**
   * In a gap: what is bulky is dropped until half of the room is free, or a gap would be one line.
   */
  private boolean dropping;

  private long dropped;
  private boolean busy;
  private boolean closed;

  /** For these listeners, on a thread of that name. */
  EventQueue(String threadName, List<Consumer<ServerEvent>> listeners) {
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this);
    this.listeners = List.copyOf(listeners);
  }

  void start() {
    thread.start();
  }

  /** Adds an event, or counts it as dropped. Never waits. */
  synchronized void offer(ServerEvent event) {
    int chars = bulk(event);
    boolean fits =
        chars < 0
            ? waiting.size() < CAPACITY
            : !dropping && waiting.size() < BULKY_CAPACITY && bulkyChars < BULKY_CHARS;
    if (fits) {
      waiting.add(event);
      bulkyChars += Math.max(0, chars);
    } else {
      dropping = true;
      dropped++;
    }
    notifyAll();
  }

  /** How many characters an event holds that is bulky; -1 if it is not. */
  private static int bulk(ServerEvent event) {
    return switch (event) {
      case ServerEvent.WorkerOutput output -> output.line().length();
      case ServerEvent.RequestLate late -> late.threadDump().length();
      default -> -1;
    };
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
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return null; // nobody interrupts this thread: it is the end
    }
    ServerEvent next = waiting.poll();
    bulkyChars -= next == null ? 0 : Math.max(0, bulk(next));
    if (dropped > 0 && waiting.size() <= CAPACITY / 2 && bulkyChars <= BULKY_CHARS / 2) {
      waiting.add(new ServerEvent.Dropped(dropped));
      dropped = 0;
      dropping = false;
    }
    busy = next != null;
    return next;
  }

  /**
   * Takes no more, and waits until the listeners have heard all, but not for a stuck one.
   *
   * @return whether they have
   */
  synchronized boolean close(long patienceMs) {
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
    return !busy && waiting.isEmpty();
  }
}
