package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;

/** The few figures that are drawn from rounds. NaN stands for "not known". */
final class Statistics {
  private Statistics() {}

  /** The middle value, or the mean of the two in the middle; NaN if there is none. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * The least of the values that this share of all does not exceed; NaN if there is none.
   *
   * @param share 0 (the least) to 1 (the most)
   */
  static double percentile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  /**
   * The median of the ratios round by round: what slows a whole round slows both sides of it. A
   * round whose reference is 0 is left out.
   */
  static double medianRatio(List<Double> values, List<Double> references) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(values.size(), references.size()); i++) {
      if (references.get(i) > 0) {
        ratios.add(values.get(i) / references.get(i));
      }
    }
    return median(ratios);
  }

  /** How far the values lie apart: most less least, in parts of the median. */
  static double spread(List<Double> values) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return (most - least) / median(values);
  }
}
