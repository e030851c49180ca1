package dev.prefork.accept;

import java.util.concurrent.atomic.AtomicLong;

/** When a worker asks to be replaced: once, after a number of requests, or as its handler says. */
public final class Recycling {
  /** Tells the supervisor. */
  public interface Report {
    /** This worker wants to be replaced. */
    void recycle(String reason);
  }

  private final long maxRequests;
  private final Report report;
  private final AtomicLong served = new AtomicLong();

  /**
   * Counts from now on.
   *
   * @param maxRequests after so many it asks; 0 for never
   */
  public Recycling(int maxRequests, Report report) {
    this.maxRequests = maxRequests;
    this.report = report;
  }

  /** A connection has been served, or a program's request. */
  public void served() {
    if (maxRequests > 0 && served.incrementAndGet() == maxRequests) {
      report.recycle("it has served " + maxRequests + " requests");
    }
  }

  /** The handler asks. */
  void ask(String reason) {
    report.recycle(reason);
  }
}
