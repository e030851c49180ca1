package dev.prefork.bench;

/**
 * Latencies in fixed buckets: 128 to each power of two of nanoseconds, so that a percentile is off
 * by less than 1 %, in 32 KiB for any number of values. Not for several threads at once.
 */
final class LatencyHistogram {
  private static final int SUB_BITS = 7;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int MOST_BITS = 38; // 2^38 ns are 4.6 minutes: what is longer counts as this
  private static final int BUCKETS = (MOST_BITS - SUB_BITS + 1) * SUB_BUCKETS;

  private final long[] counts = new long[BUCKETS];
  private long count;
  private long maxNs;

  void record(long ns) {
    long value = Math.max(ns, 0);
    counts[bucketOf(value)]++;
    count++;
    maxNs = Math.max(maxNs, value);
  }

  private static int bucketOf(long ns) {
    long value = Math.min(ns, (1L << MOST_BITS) - 1);
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS - 1);
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  private static long middleOf(int bucket) {
    int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
    long low = (long) (bucket - (shift << SUB_BITS)) << shift;
    return low + ((1L << shift) >>> 1);
  }

  /** Takes over all values of another one. */
  void add(LatencyHistogram other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
    maxNs = Math.max(maxNs, other.maxNs);
  }

  long count() {
    return count;
  }

  /** The longest, exactly; 0 if there is none. */
  long maxNs() {
    return maxNs;
  }

  /**
   * The value that this share of all values does not exceed.
   *
   * @param share 0 to 1
   * @return 0 if there is no value
   */
  long percentileNs(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(middleOf(i), maxNs);
      }
    }
    return maxNs;
  }
}
