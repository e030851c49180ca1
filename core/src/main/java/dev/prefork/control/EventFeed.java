package dev.prefork.control;

import dev.prefork.ServerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to those who follow them, each through a bounded queue of its own: telling an event
 * waits for nobody, and a slow follower loses events and is told how many.
 */
final class EventFeed {
  /** Kept for who asks what has just happened. */
  static final int RECENT = 100;

  private static final int CAPACITY = 1_000;

  /** An event and its time. */
  record Told(Instant time, ServerEvent event) {}

  private final ArrayDeque<Told> recent = new ArrayDeque<>();
  private final List<Follower> followers = new ArrayList<>();

  /** Somebody who follows. */
  final class Follower implements AutoCloseable {
    private final Runnable wake;
    private final ArrayDeque<Told> waiting = new ArrayDeque<>();
    private long dropped;

    private Follower(Runnable wake) {
      this.wake = wake;
    }

    private void tell(Told told) {
      if (waiting.size() >= CAPACITY) {
        dropped++;
      } else {
        waiting.add(told);
      }
      wake.run();
    }

    /** Whether there is an event to take. */
    boolean hasNext() {
      synchronized (EventFeed.this) {
        return !waiting.isEmpty() || dropped > 0;
      }
    }

    /** The next event; null if there is none yet. */
    @Nullable Told next() {
      synchronized (EventFeed.this) {
        Told told = waiting.poll();
        if (told == null && dropped > 0) {
          told = new Told(now(), new ServerEvent.Dropped(dropped));
          dropped = 0;
        }
        return told;
      }
    }

    @Override
    public void close() {
      synchronized (EventFeed.this) {
        followers.remove(this);
      }
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Tells everybody; never waits. */
  synchronized void tell(ServerEvent event) {
    Told told = new Told(now(), event);
    if (recent.size() >= RECENT) {
      var _ = recent.remove();
    }
    recent.add(told);
    for (Follower follower : followers) {
      follower.tell(told);
    }
  }

  /** Those that were told last, the oldest first. */
  synchronized List<Told> recent() {
    return List.copyOf(recent);
  }

  /**
   * Follows from now on.
   *
   * @param wake called at each event, on the thread that tells it: it must not wait
   */
  synchronized Follower follow(Runnable wake) {
    Follower follower = new Follower(wake);
    followers.add(follower);
    return follower;
  }
}
