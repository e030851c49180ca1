package dev.prefork.bench;

import java.time.Duration;

/** What one client, or all of them, saw. Memory is bounded. Not for several threads at once. */
final class LoadResult {
  private final WorkerShares shares = new WorkerShares();
  private final Tally tally;

  LoadResult(Duration window) {
    this.tally = new Tally(window);
  }

  /**
   * Counts a connection that was answered as expected.
   *
   * @param inWindow whether it ended before the time was up; only such make the rate
   */
  void recordOk(long pid, long latencyNs, boolean inWindow) {
    tally.recordOk(latencyNs, inWindow);
    shares.record(pid);
  }

  void recordFailure(Outcome outcome) {
    tally.recordFailure(outcome);
  }

  void add(LoadResult other) {
    tally.add(other.tally);
    shares.add(other.shares);
  }

  long count(Outcome outcome) {
    return tally.count(outcome);
  }

  /** All that did not end as expected. */
  long failures() {
    return tally.failures();
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
    return tally.perSecond();
  }

  LatencyHistogram latencies() {
    return tally.latencies();
  }

  WorkerShares shares() {
    return shares;
  }

  /** The result line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("conn/s ");
    line.append(Figures.rounded(connectionsPerSecond())).append(' ').append(tally);
    line.append(" workers=").append(shares.workers());
    line.append(" minshare=").append(shares.fewest());
    line.append(" maxshare=").append(shares.most());
    return shares.workers() == 0 ? line.toString() : line.append(" shares=" + shares).toString();
  }
}
