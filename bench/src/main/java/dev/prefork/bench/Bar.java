package dev.prefork.bench;

/**
 * What a figure must keep to.
 *
 * @param least it may be
 * @param most it may be
 */
record Bar(double least, double most) {
  /** Of a figure that is only told. */
  static final Bar NONE = new Bar(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  static Bar atMost(double most) {
    return new Bar(Double.NEGATIVE_INFINITY, most);
  }

  static Bar atLeast(double least) {
    return new Bar(least, Double.POSITIVE_INFINITY);
  }

  /** Whether a figure keeps to it; one that is not known does not. */
  boolean isMetBy(double value) {
    return value >= least && value <= most;
  }

  @Override
  public String toString() {
    if (Double.isInfinite(least)) {
      return Double.isInfinite(most) ? "-" : "<= " + Figures.plain(most);
    }
    if (Double.isInfinite(most)) {
      return ">= " + Figures.plain(least);
    }
    return least == most
        ? Figures.plain(least)
        : Figures.plain(least) + " to " + Figures.plain(most);
  }
}
