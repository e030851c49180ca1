package dev.prefork.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The figures of all rounds, and what is drawn from them. Pure.
 *
 * @param samples of all rounds
 */
record HttpFigures(List<HttpSample> samples) {
  HttpFigures {
    samples = List.copyOf(samples);
  }

  /** One figure in the order of the rounds; empty if that side was not asked for it. */
  List<Double> of(HttpSide side, Workload workload, ToDoubleFunction<HttpSample> figure) {
    return HttpSample.figures(samples, side.name(), workload, figure);
  }

  double median(HttpSide side, Workload workload, ToDoubleFunction<HttpSample> figure) {
    return Statistics.median(of(side, workload, figure));
  }

  double rate(HttpSide side, Workload workload) {
    return median(side, workload, HttpSample::rate);
  }

  double sum(HttpSide side, Workload workload, ToDoubleFunction<HttpSample> figure) {
    return of(side, workload, figure).stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The median of the ratios round by round, of requests per second; NaN if there is none. */
  double ratio(HttpSide side, HttpSide reference, Workload workload) {
    return Statistics.medianRatio(
        of(side, workload, HttpSample::rate), of(reference, workload, HttpSample::rate));
  }

  /** The fastest of these sides, if any of them was asked for it. */
  Optional<HttpSide> best(List<? extends HttpSide> sides, Workload workload) {
    return sides.stream()
        .filter(side -> Double.isFinite(rate(side, workload)))
        .map(HttpSide.class::cast)
        .max(Comparator.comparingDouble(side -> rate(side, workload)));
  }
}
