package dev.prefork.accept;

/**
 * Gives memory back that a large request made the JVM take. Serial GC extends its old generation up
 * to the bound before it ever collects it, and keeps what it has: one such request would cost the
 * worker its part of the machine for life. So a heap that has grown is collected a little later, at
 * most once a second (unicorn's OobGC does so between requests).
 */
public final class HeapReturn implements Runnable {
  /** The heap of a JVM. */
  interface Heap {
    /** How many bytes it may have at the most. */
    long bound();

    /** How many bytes it has taken. */
    long total();

    /** Collects what is garbage, and gives back what it leaves. */
    void collect();
  }

  /** This JVM's. */
  private static final class OwnHeap implements Heap {
    private final Runtime jvm = Runtime.getRuntime();

    @Override
    public long bound() {
      return jvm.maxMemory();
    }

    @Override
    public long total() {
      return jvm.totalMemory();
    }

    @Override
    public void collect() {
      System.gc();
    }
  }

  /**
   * The old generation grows in steps of some 100 KiB: fewer of them are not worth a collection.
   */
  private static final long SLACK = 2L << 20;

  /** A larger heap is its application's affair: to collect it all would be felt. */
  private static final long SMALL_HEAP = 128L << 20;

  private static final long PAUSE_MS = 1_000;

  /** The pauses double: after half a minute it waits for a quiet moment. */
  private static final int MOST_TRIES = 5;

  /** A pause without a connection is such a moment; one that never has one is collected at last. */
  private static final int LONGEST_WAIT = 75;

  /** A look is a call into the JVM, which would cost a short connection a hundredth of its time. */
  private static final int LOOK_EVERY = 16;

  /** More than this, received and sent, may have taken memory: it is looked at in any case. */
  private static final long LARGE = 16 << 10;

  private final Heap heap;
  private final boolean small;
  private final long firstPauseMs;
  private volatile long enough;
  private volatile boolean grown;
  private int untilLook = LOOK_EVERY; // threads that count at once lose a count, no more
  private int served; // likewise

  /** Looks after the heap of this JVM. */
  public HeapReturn() {
    this(new OwnHeap(), PAUSE_MS);
  }

  HeapReturn(Heap heap, long firstPauseMs) {
    this.heap = heap;
    this.small = heap.bound() <= SMALL_HEAP;
    this.firstPauseMs = firstPauseMs;
    this.enough = heap.total() + SLACK;
  }

  /**
   * A connection has been served: looks, if it was large or one of every 16, whether the heap has
   * grown meanwhile.
   *
   * @param bytes how many were received and sent
   */
  void served(long bytes) {
    served++;
    if (--untilLook > 0 && bytes < LARGE) {
      return;
    }
    untilLook = LOOK_EVERY;
    if (small && !grown && heap.total() > enough) {
      tell();
    }
  }

  private synchronized void tell() {
    grown = true;
    notifyAll();
  }

  private synchronized void awaitGrown() throws InterruptedException {
    while (!grown) {
      wait();
    }
  }

  /** Waits and collects, for as long as the worker lives, or until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        awaitGrown();
        collect();
        grown = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Collects until that has given back what was taken. A collection in the middle of the next large
   * request gives nothing back; so what is left is the application's affair only after one in a
   * quiet moment. Taken for that under load, it would be kept for ever.
   */
  private void collect() throws InterruptedException {
    long pauseMs = firstPauseMs;
    for (int tried = 0; tried < MOST_TRIES; tried++) {
      Thread.sleep(pauseMs);
      heap.collect();
      if (heap.total() <= enough) {
        return;
      }
      pauseMs *= 2;
    }
    awaitQuiet(pauseMs / 4);
    heap.collect();
    enough = Math.max(enough, heap.total() + SLACK);
  }

  private void awaitQuiet(long pauseMs) throws InterruptedException {
    int before = served - 1;
    for (int waited = 0; before != served && waited < LONGEST_WAIT; waited++) {
      before = served;
      Thread.sleep(pauseMs);
    }
  }
}
