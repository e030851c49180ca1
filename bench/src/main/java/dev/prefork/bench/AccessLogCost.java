package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections per second with an access log, in parts of those without, measured in turn.
 *
 * @param rounds in which both take their turn
 * @param window length of one measurement
 */
record AccessLogCost(int rounds, Duration window) implements Experiment {
  private static final int CLIENTS = 16;
  private static final double LEAST = 0.9;

  /** A server and its rates, round by round. */
  private record Turns(OperatedServer server, List<Double> rates) {
    /** Warms it up. */
    static Turns of(OperatedServer server, Duration warmUp) {
      var _ = rate(server, warmUp);
      return new Turns(server, new ArrayList<>());
    }
  }

  static AccessLogCost of(boolean quick) {
    return new AccessLogCost(5, Duration.ofSeconds(quick ? 2 : 5));
  }

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(5).plus(window.multipliedBy(3L * rounds));
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    String log = laboratory.file("access.log").toString();
    Turns without = Turns.of(laboratory.demo("without-log"), window);
    Turns with = Turns.of(laboratory.demo("with-log", "--access-log", log), window);
    for (int round = 0; round < rounds; round++) {
      for (Turns turns : Rounds.turns(List.of(with, without), round)) {
        turns.rates.add(rate(turns.server, window));
      }
    }
    return findings(with.rates, without.rates);
  }

  private static double rate(OperatedServer server, Duration window) {
    return GreetingLoad.measure(server.port(), CLIENTS, window).connectionsPerSecond();
  }

  static List<Finding> findings(List<Double> with, List<Double> without) {
    return List.of(
        new Finding(
            "with the access log, to without",
            Statistics.medianRatio(with, without),
            "",
            Bar.atLeast(LEAST),
            with.size()),
        new Finding(
            "without, median", Statistics.median(without), "conn/s", Bar.NONE, without.size()));
  }
}
