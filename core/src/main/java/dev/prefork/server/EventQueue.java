package dev.prefork.server;

import dev.prefork.ServerEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the listeners on a thread of its own, so that neither a slow listener nor a stuck
 * log reader ever stops the supervisor. Bounded in number and in memory: what does not fit is
 * dropped and counted, and the count is told at the place of the gap. What workers print is dropped
 * first, so that a flood of it pushes no death out.
 */
final class EventQueue implements Runnable {
  private static final int CAPACITY = 10_000;

  /** What is left is for the supervisor's own events. */
  private static final int OUTPUT_CAPACITY = 9_000;

  /** Of workers' output: 4 MiB at most, an eighth of the heap that the launcher gives. */
  private static final int OUTPUT_CHARS = 2 << 20;

  private final List<Consumer<ServerEvent>> listeners;
  private final ArrayDeque<ServerEvent> waiting = new ArrayDeque<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("prefork-events").unstarted(this);
  private int outputChars;

  /** In a gap: output is dropped until half of the room is free, or a gap would be one line. */
  private boolean dropping;

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
    boolean fits;
    if (event instanceof ServerEvent.WorkerOutput(var _, String line)) {
      fits = !dropping && waiting.size() < OUTPUT_CAPACITY && outputChars < OUTPUT_CHARS;
      outputChars += fits ? line.length() : 0;
    } else {
      fits = waiting.size() < CAPACITY;
    }
    if (fits) {
      waiting.add(event);
    } else {
      dropping = true;
      dropped++;
    }
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
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return null; // nobody interrupts this thread: it is the end
    }
    ServerEvent next = waiting.poll();
    if (next instanceof ServerEvent.WorkerOutput(var _, String line)) {
      outputChars -= line.length();
    }
    if (dropped > 0 && waiting.size() <= CAPACITY / 2 && outputChars <= OUTPUT_CHARS / 2) {
      waiting.add(new ServerEvent.Dropped(dropped));
      dropped = 0;
      dropping = false;
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
