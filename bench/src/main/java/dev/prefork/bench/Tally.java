package dev.prefork.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What became of all that one client, or all of them, tried. Not for several threads at once. */
final class Tally {
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final Duration window;
  private long okInWindow;
  private long idleCloses;

  /**
   * Begins with nothing.
   *
   * @param window the time in which what is answered makes the rate
   */
  Tally(Duration window) {
    this.window = window;
  }

  /**
   * Counts what was answered as expected.
   *
   * @param inWindow whether it ended before the time was up; only such make the rate
   */
  void recordOk(long latencyNs, boolean inWindow) {
    counts.merge(Outcome.OK, 1L, Long::sum);
    latencies.record(latencyNs);
    if (inWindow) {
      okInWindow++;
    }
  }

  void recordFailure(Outcome outcome) {
    counts.merge(outcome, 1L, Long::sum);
  }

  /** A kept connection ended between two answers, as it may (RFC 9112, 9.3.1): no failure. */
  void recordIdleClose() {
    idleCloses++;
  }

  void add(Tally other) {
    other.counts.forEach((outcome, count) -> counts.merge(outcome, count, Long::sum));
    latencies.add(other.latencies);
    okInWindow += other.okInWindow;
    idleCloses += other.idleCloses;
  }

  long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** All that did not end as expected. */
  long failures() {
    return counts.values().stream().mapToLong(Long::longValue).sum() - count(Outcome.OK);
  }

  long idleCloses() {
    return idleCloses;
  }

  double perSecond() {
    return okInWindow * 1e9 / window.toNanos();
  }

  LatencyHistogram latencies() {
    return latencies;
  }

  /** As result lines tell it: the outcomes by name, then the percentiles if there are any. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      line.append(line.isEmpty() ? "" : " ").append(outcome.label() + "=" + count(outcome));
    }
    if (latencies.count() > 0) {
      line.append(" p50us=").append(micros(0.5));
      line.append(" p99us=").append(micros(0.99));
      line.append(" p999us=").append(micros(0.999));
      line.append(" maxms=").append(Figures.rounded(latencies.maxNs() / 1e6, 1));
    }
    return line.toString();
  }

  private String micros(double share) {
    return Figures.rounded(latencies.percentileNs(share) / 1e3);
  }
}
