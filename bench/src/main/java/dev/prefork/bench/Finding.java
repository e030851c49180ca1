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

  /** Adds itself, under the name of what measured it: figure, value, bar, met, samples. */
  void addTo(Table table, String experiment) {
    addNamed(table, experiment + ": " + figure);
  }

  /** Adds itself: figure, value, bar, met, samples. */
  void addTo(Table table) {
    addNamed(table, figure);
  }

  private void addNamed(Table table, String name) {
    String met = bar.equals(Bar.NONE) ? "-" : isMissed() ? "no" : "yes";
    table.row(
        name,
        (Figures.plain(value) + " " + unit).strip(),
        bar.toString(),
        met,
        Integer.toString(samples));
  }
}
