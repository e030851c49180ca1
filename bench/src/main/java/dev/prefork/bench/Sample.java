package dev.prefork.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One side in one round at one number of clients.
 *
 * @param side its name
 * @param clients of the load
 * @param rate connections per second
 * @param p50Us latency in microseconds, as the next two
 * @param p99Us latency
 * @param p999Us latency
 * @param leastShare the fewest connections of a worker, in parts of the mean
 * @param mostShare the most connections of a worker, in parts of the mean
 * @param failures connections that did not end as expected
 */
record Sample(
    String side,
    int clients,
    double rate,
    double p50Us,
    double p99Us,
    double p999Us,
    double leastShare,
    double mostShare,
    long failures) {

  static Sample of(String side, int clients, LoadResult result, int workers) {
    LatencyHistogram latencies = result.latencies();
    return new Sample(
        side,
        clients,
        result.connectionsPerSecond(),
        latencies.percentileNs(0.5) / 1e3,
        latencies.percentileNs(0.99) / 1e3,
        latencies.percentileNs(0.999) / 1e3,
        result.shares().fewestToMean(workers),
        result.shares().mostToMean(workers),
        result.failures());
  }

  /** One figure of each of the samples that are of this side, in the order of the rounds. */
  static List<Double> figures(
      List<Sample> samples, String side, int clients, ToDoubleFunction<Sample> figure) {
    return samples.stream()
        .filter(sample -> sample.side.equals(side) && sample.clients == clients)
        .map(figure::applyAsDouble)
        .toList();
  }
}
