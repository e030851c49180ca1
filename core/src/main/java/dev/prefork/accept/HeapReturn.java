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

  /** The pauses double: after a minute it is given up. */
  private static final int MOST_TRIES = 6;

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
        enough = heap.total() + SLACK;
        grown = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Collects until that has given back what was taken. A collection in the middle of the next large
   * request gives nothing back; nor does one if the application keeps what it has, which is then
   * its affair.
   */
  private void collect() throws InterruptedException {
    long pauseMs = firstPauseMs;
    for (int tried = 0; tried < MOST_TRIES && heap.total() > enough; tried++) {
      Thread.sleep(pauseMs);
      heap.collect();
      pauseMs *= 2;
    }
  }
}
