package dev.prefork.adopt;

import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this worker, which has just accepted, is to let others come to it. A burst of connections
 * wakes one worker for each; but who runs first takes them all, while the others wait for a
 * processor. Where connections are kept, that would last: a worker with more of them than another
 * one gives its processor away for a moment. Not where they are short: they even out by themselves,
 * and a tenth of their number would go with it.
 */
final class AcceptBalance {
  /** Connections that live longer on average are kept ones. */
  private static final long KEPT_NS = 50_000_000;

  /** An average over so many connections, about. */
  private static final int WEIGHT = 8;

  private final LongSupplier clockNs;
  private IntSupplier fewestOpen = () -> Integer.MAX_VALUE;
  private long[] openedNs = new long[64];
  private long lifeNs = KEPT_NS;

  AcceptBalance(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /** Who knows how many connections the worker has that has the fewest; none knows at first. */
  void compareWith(IntSupplier fewest) {
    fewestOpen = fewest;
  }

  void opened(int descriptor) {
    if (descriptor >= openedNs.length) {
      openedNs = Arrays.copyOf(openedNs, 2 * descriptor);
    }
    openedNs[descriptor] = clockNs.getAsLong();
  }

  void closed(int descriptor) {
    lifeNs += (clockNs.getAsLong() - openedNs[descriptor] - lifeNs) / WEIGHT;
  }

  /** Whether it has more connections than another one, and keeps them. */
  boolean isAhead(int open) {
    return lifeNs >= KEPT_NS && open > fewestOpen.getAsInt();
  }
}
