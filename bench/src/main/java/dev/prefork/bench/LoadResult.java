package dev.prefork.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What one client, or all of them, saw. Memory is bounded. Not for several threads at once. */
final class LoadResult {
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final WorkerShares shares = new WorkerShares();
  private final Duration window;
  private long okInWindow;

  LoadResult(Duration window) {
    this.window = window;
  }

  /**
   * Counts a connection that was answered as expected.
   *
   * @param inWindow whether it ended before the time was up; only such make the rate
   */
  void recordOk(long pid, long latencyNs, boolean inWindow) {
    counts.merge(Outcome.OK, 1L, Long::sum);
    latencies.record(latencyNs);
    shares.record(pid);
    if (inWindow) {
      okInWindow++;
    }
  }

  void recordFailure(Outcome outcome) {
    counts.merge(outcome, 1L, Long::sum);
  }

  void add(LoadResult other) {
    other.counts.forEach((outcome, count) -> counts.merge(outcome, count, Long::sum));
    latencies.add(other.latencies);
    shares.add(other.shares);
    okInWindow += other.okInWindow;
  }

  long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** All that did not end as expected. */
  long failures() {
    return counts.values().stream().mapToLong(Long::longValue).sum() - count(Outcome.OK);
  }

  /** As a row of the operating figures: none may fail. */
  Finding failed() {
    return failed("failed connections", 0);
  }

  /** The same where so many may fail. */
  Finding failed(String figure, int most) {
    long connections = failures() + count(Outcome.OK);
    return new Finding(figure, failures(), "", Bar.atMost(most), Math.toIntExact(connections));
  }

  double connectionsPerSecond() {
    return okInWindow * 1e9 / window.toNanos();
  }

  LatencyHistogram latencies() {
    return latencies;
  }

  WorkerShares shares() {
    return shares;
  }

  /** The result line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("conn/s ");
    line.append(Figures.rounded(connectionsPerSecond()));
    for (Outcome outcome : Outcome.values()) {
      line.append(' ').append(outcome.label()).append('=').append(count(outcome));
    }
    if (latencies.count() > 0) {
      line.append(" p50us=").append(micros(0.5));
      line.append(" p99us=").append(micros(0.99));
      line.append(" p999us=").append(micros(0.999));
      line.append(" maxms=").append(Figures.rounded(latencies.maxNs() / 1e6, 1));
    }
    line.append(" workers=").append(shares.workers());
    line.append(" minshare=").append(shares.fewest());
    line.append(" maxshare=").append(shares.most());
    return shares.workers() == 0 ? line.toString() : line.append(" shares=" + shares).toString();
  }

  private String micros(double share) {
    return Figures.rounded(latencies.percentileNs(share) / 1e3);
  }
}
