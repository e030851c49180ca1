package dev.prefork.accept;

import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a thread from taking more connections than its siblings, here and in the other workers.
 * Neither the kernel's queue nor a lock does: whoever runs most comes back most often, and a worker
 * whose code is compiled first runs away from the others.
 *
 * <p>A thread that is ahead pauses, but only while a sibling that is behind waits for a connection:
 * so the next one is served at once, by somebody else. Where all have work nobody pauses; who is
 * ahead then lets the others have the processor first, after each connection.
 */
final class FairShare {
  /** How many connections a thread takes between two looks at its siblings, at the least. */
  private static final int LOOK_EVERY = 16;

  /** What is compared: connections since the start of a window of this many of its own. */
  private static final int WINDOW = 256;

  /** A lead that chance makes. */
  private static final int FREE_LEAD = 4;

  /** A lead of a tenth is left alone: each pause costs two switches between threads. */
  private static final int FREE_PART = 10;

  /**
   * A sibling with less than this part of our connections does something else: it is not behind.
   */
  private static final int OTHER_WORK = 4;

  /**
   * Before we have so many, a sibling with few may only not have had the processor: a thread that
   * runs takes one waiting connection after the other.
   */
  private static final int TELLING = 64;

  private static final long MAX_PAUSE_NS = 20_000_000;
  private static final long SLICE_NS = 1_000_000;

  private final Scoreboard scoreboard;
  private final Lane lane;
  private final int me;
  private long[] windowStart = new long[0];
  private long windowStartNs;
  private int untilLook = LOOK_EVERY;
  private boolean siblingWaits;
  private boolean ahead;
  private long pauses;

  FairShare(Scoreboard scoreboard, Lane lane, int slot, int thread) {
    this.scoreboard = scoreboard;
    this.lane = lane;
    this.me = slot * scoreboard.lanes() + thread;
  }

  /** To be called by the thread itself between two connections. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler is what is meant
  void next() {
    if (ahead) {
      Thread.yield(); // to siblings that have work and no processor; nobody sleeps
    }
    if (--untilLook == 0) {
      int seats = scoreboard.slotsInUse() * scoreboard.lanes();
      untilLook = Math.max(LOOK_EVERY, seats);
      letSiblingsPass(seats);
    }
  }

  /** How often it has let siblings pass. */
  long pauses() {
    return pauses;
  }

  /** For as long as our lead took. */
  private void letSiblingsPass(int seats) {
    long startNs = System.nanoTime();
    if (windowStart.length != seats) {
      startWindow(startNs, seats);
    }
    long mine = taken(me);
    long lead = mine - meanOfSiblings(mine);
    ahead = lead > FREE_LEAD + mine / FREE_PART;
    if (ahead) {
      long pauseNs = Math.min(lead * (startNs - windowStartNs) / mine, MAX_PAUSE_NS);
      pause(mine, startNs, pauseNs);
    }
    if (mine >= WINDOW) {
      startWindow(startNs, seats);
    }
  }

  /** Says so first: siblings that pause for each other would leave nobody to accept. */
  private void pause(long mine, long startNs, long pauseNs) {
    lane.pauses(true);
    var _ = meanOfSiblings(mine);
    pauses += siblingWaits ? 1 : 0;
    while (siblingWaits && System.nanoTime() - startNs < pauseNs) {
      LockSupport.parkNanos(this, Math.min(pauseNs, SLICE_NS));
      var _ = meanOfSiblings(mine);
    }
    lane.pauses(false);
  }

  /** What the others have taken on average; our own if there is nobody to compare with. */
  private long meanOfSiblings(long mine) {
    long sum = 0;
    int siblings = 0;
    siblingWaits = false;
    for (int seat = 0; seat < windowStart.length; seat++) {
      long taken = taken(seat);
      if (seat != me && (mine < TELLING || taken * OTHER_WORK >= mine)) {
        sum += taken;
        siblings++;
        siblingWaits |= taken < mine && waits(seat);
      }
    }
    return siblings == 0 ? mine : sum / siblings;
  }

  private void startWindow(long nowNs, int seats) {
    windowStart = new long[seats];
    for (int seat = 0; seat < seats; seat++) {
      windowStart[seat] = taken(seat); // counted from 0: the array is new
    }
    windowStartNs = nowNs;
  }

  private long taken(int seat) {
    int lanes = scoreboard.lanes();
    return scoreboard.connections(seat / lanes, seat % lanes) - windowStart[seat];
  }

  private boolean waits(int seat) {
    int lanes = scoreboard.lanes();
    return scoreboard.waits(seat / lanes, seat % lanes);
  }
}
