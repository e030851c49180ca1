package dev.prefork.scoreboard;

import java.util.Arrays;

/** How long requests took: counts in buckets whose upper bounds double, from 64 µs to 9 minutes. */
public final class Durations {
  /** How many buckets; the last has no upper bound. */
  public static final int BUCKETS = 24;

  private static final int FIRST_BOUND_LOG2 = 16; // 2^16 ns are 65.5 µs

  private final long[] counts;

  Durations(long[] counts) {
    this.counts = counts;
  }

  /** No request yet. */
  public static Durations none() {
    return new Durations(new long[BUCKETS]);
  }

  /** These and one more. */
  public Durations with(long ns) {
    long[] result = counts.clone();
    result[bucket(ns)]++;
    return new Durations(result);
  }

  /** The bucket of a duration. */
  static int bucket(long ns) {
    int log2 = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, ns - 1));
    return Math.clamp(log2 - FIRST_BOUND_LOG2, 0, BUCKETS - 1);
  }

  /** The longest duration of a bucket, in nanoseconds; the last bucket's is the maximum. */
  public static long upperBoundNs(int bucket) {
    return bucket == BUCKETS - 1 ? Long.MAX_VALUE : 1L << (FIRST_BOUND_LOG2 + bucket);
  }

  /** How many requests a bucket holds. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** How many requests there were. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Both together. */
  public Durations plus(Durations other) {
    return combine(other, 1);
  }

  /** What has come since an earlier moment. */
  public Durations since(Durations earlier) {
    return combine(earlier, -1);
  }

  private Durations combine(Durations other, int sign) {
    long[] result = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      result[i] = counts[i] + sign * other.counts[i];
    }
    return new Durations(result);
  }

  /**
   * The upper bound of the bucket that holds a quantile, in nanoseconds; 0 if there was no request.
   *
   * @param part 0 to 1: 0.5 for the median
   */
  public long quantileNs(double part) {
    long wanted = (long) Math.ceil(part * total());
    long seen = 0;
    for (int i = 0; i < BUCKETS && wanted > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return upperBoundNs(i);
      }
    }
    return 0;
  }
}
