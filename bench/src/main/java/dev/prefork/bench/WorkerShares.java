package dev.prefork.bench;

import java.util.Map;
import java.util.TreeMap;

/** How many connections each server process answered. Not for several threads at once. */
final class WorkerShares {
  /** A server that answers with more processes than this is dying and being replaced all along. */
  static final int MOST_PIDS = 10_000;

  private final Map<Long, Long> counts = new TreeMap<>();
  private long others;

  void record(long pid) {
    add(pid, 1);
  }

  void add(WorkerShares other) {
    other.counts.forEach(this::add);
    others += other.others;
  }

  private void add(long pid, long connections) {
    if (counts.size() < MOST_PIDS || counts.containsKey(pid)) {
      counts.merge(pid, connections, Long::sum);
    } else {
      others += connections;
    }
  }

  int workers() {
    return counts.size();
  }

  /** The fewest connections of a worker that answered at all. */
  long fewest() {
    return counts.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  long most() {
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /**
   * The fewest connections of a worker, in parts of the mean.
   *
   * @param workers how many there are: one that never answered has the share 0
   */
  double fewestToMean(int workers) {
    return workers > counts.size() ? 0 : toMean(fewest(), workers);
  }

  /** The most connections of a worker, in parts of the mean. */
  double mostToMean(int workers) {
    return toMean(most(), Math.max(workers, counts.size()));
  }

  private double toMean(long connections, int workers) {
    long all = others + counts.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 ? 0 : (double) connections * workers / all;
  }

  /** As {@code 4711:100,4712:98}, by pid. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((pid, connections) ->
        text.append(text.isEmpty() ? "" : ",").append(pid).append(':').append(connections));
    return text.toString();
  }
}
