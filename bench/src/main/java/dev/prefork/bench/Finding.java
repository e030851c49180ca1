package dev.prefork.bench;

/**
 * One row of the operating figures.
 *
 * @param figure what was measured
 * @param value in {@code unit}; NaN if it could not be measured
 * @param unit empty for a number of things
 * @param bar what it must keep to
 * @param samples how many measurements it is drawn from
 */
record Finding(String figure, double value, String unit, Bar bar, int samples) {

  boolean isMissed() {
    return !bar.isMetBy(value);
  }

  /** Adds itself: figure, value, bar, met, samples. */
  void addTo(Table table, String experiment) {
    String met = bar.equals(Bar.NONE) ? "-" : isMissed() ? "no" : "yes";
    table.row(
        experiment + ": " + figure,
        (Figures.plain(value) + " " + unit).strip(),
        bar.toString(),
        met,
        Integer.toString(samples));
  }
}
