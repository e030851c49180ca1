package dev.prefork.monitor;

import dev.prefork.scoreboard.Durations;

/**
 * How long things took.
 *
 * @param durations how many took how long
 * @param sumNs all together
 */
public record Timings(Durations durations, long sumNs) {
  /** Nothing yet. */
  public static final Timings NONE = new Timings(Durations.none(), 0);

  Timings with(long ns) {
    return new Timings(durations.with(ns), sumNs + ns);
  }
}
