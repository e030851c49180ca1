package dev.prefork.adopt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds threads of the program that compute on what a connection has asked and come to no end. No
 * agent sees who works for whom; but in most servers the thread that reads a request serves it too,
 * and one that loops reads and sends nothing else meanwhile. A thread that waits, for a lock, a
 * database or its next connection, is none: long polls and idle connections wait too.
 *
 * <p>Apache Tomcat's StuckThreadDetectionValve finds the same, of its own requests.
 */
final class StuckThreads {
  /**
   * A thread that is stuck.
   *
   * @param connection the descriptor that it has read from last
   * @param sinceNs when it was first seen so ({@link System#nanoTime})
   */
  record Stuck(Thread thread, int connection, long sinceNs) {}

  /** A thread that has moved nothing since then, and at how many of so many looks it computed. */
  private record Seen(int connection, long sinceNs, int looks, int computing) {
    Seen again(boolean computes) {
      return new Seen(connection, sinceNs, looks + 1, computing + (computes ? 1 : 0));
    }

    /** At a look the thread may just be in a native method, or wait for a lock, and yet loop. */
    boolean isStuck() {
      return computing > 0 && computing >= looks - computing;
    }
  }

  private final Traffic traffic;
  private final Predicate<Thread> computes;
  private Map<Thread, Seen> seen = new HashMap<>();
  private Map<Integer, Integer> moves = new HashMap<>();

  /** Has seen nobody yet. */
  StuckThreads(Traffic traffic) {
    this(traffic, StuckThreads::computes);
  }

  StuckThreads(Traffic traffic, Predicate<Thread> computes) {
    this.traffic = traffic;
    this.computes = computes;
  }

  /**
   * Who waits in a system call is runnable for the JVM, but in a native method then; to look there
   * stops the thread for some ten microseconds.
   */
  private static boolean computes(Thread thread) {
    if (thread.getState() != Thread.State.RUNNABLE) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && !stack[0].isNativeMethod();
  }

  /** Looks at all who have been asked; to be called once a second. Returns who is stuck longest. */
  Optional<Stuck> look(long nowNs) {
    Map<Integer, Integer> movesNow = new HashMap<>();
    Set<Thread> moving = new HashSet<>();
    Map<Thread, Integer> asked = new HashMap<>();
    traffic.visit((descriptor, reader, count, asks) -> {
      movesNow.put(descriptor, count);
      if (moves.getOrDefault(descriptor, 0) != count) {
        moving.add(reader);
      }
      if (asks) {
        asked.put(reader, descriptor);
      }
    });
    Map<Thread, Seen> now = new HashMap<>();
    asked.forEach((reader, descriptor) ->
        now.put(reader, look(reader, moving.contains(reader), descriptor, nowNs)));
    moves = movesNow;
    seen = now;
    return longest();
  }

  private Seen look(Thread reader, boolean moving, int descriptor, long nowNs) {
    Seen before = seen.get(reader);
    return before == null || moving
        ? new Seen(descriptor, nowNs, 0, 0)
        : before.again(computes.test(reader));
  }

  private Optional<Stuck> longest() {
    Stuck longest = null;
    for (Map.Entry<Thread, Seen> entry : seen.entrySet()) {
      Seen one = entry.getValue();
      if (one.isStuck() && (longest == null || one.sinceNs - longest.sinceNs < 0)) {
        longest = new Stuck(entry.getKey(), one.connection, one.sinceNs);
      }
    }
    return Optional.ofNullable(longest);
  }
}
