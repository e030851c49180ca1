package dev.prefork.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One side in one round under one workload.
 *
 * @param side its name
 * @param workload what it was asked for
 * @param rate requests per second
 * @param p50Us latency in microseconds, as the next two
 * @param p99Us latency
 * @param p999Us latency
 * @param failures requests that were not answered as expected
 * @param idleCloses kept connections that ended between two answers
 */
record HttpSample(
    String side,
    Workload workload,
    double rate,
    double p50Us,
    double p99Us,
    double p999Us,
    long failures,
    long idleCloses) {

  static HttpSample of(String side, Workload workload, Tally tally) {
    LatencyHistogram latencies = tally.latencies();
    return new HttpSample(
        side,
        workload,
        tally.perSecond(),
        latencies.percentileNs(0.5) / 1e3,
        latencies.percentileNs(0.99) / 1e3,
        latencies.percentileNs(0.999) / 1e3,
        tally.failures(),
        tally.idleCloses());
  }

  /** One figure of each of the samples that are of this side, in the order of the rounds. */
  static List<Double> figures(
      List<HttpSample> samples,
      String side,
      Workload workload,
      ToDoubleFunction<HttpSample> figure) {
    return samples.stream()
        .filter(sample -> sample.side.equals(side) && sample.workload.equals(workload))
        .map(figure::applyAsDouble)
        .toList();
  }
}
