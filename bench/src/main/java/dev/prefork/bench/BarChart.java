package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars as SVG: a group for each label, in it a bar for each series. */
final class BarChart {
  private static final int LABEL_WIDTH = 170;
  private static final int BAR_WIDTH = 520;
  private static final int VALUE_WIDTH = 80;
  private static final int BAR = 14;
  private static final int GAP = 10;
  private static final int HEAD = 30;
  private static final List<String> COLOURS = List.of("#2b6cb0", "#dd6b20", "#38a169", "#805ad5");

  private final String title;
  private final List<String> series;
  private final List<Group> groups = new ArrayList<>();

  private record Group(String label, List<Double> values) {}

  /**
   * An empty chart.
   *
   * @param series what the bars of a group stand for; at most four
   */
  BarChart(String title, List<String> series) {
    if (series.size() > COLOURS.size()) {
      throw new IllegalArgumentException("a chart of " + series.size() + " series");
    }
    this.title = title;
    this.series = List.copyOf(series);
  }

  /** Adds one value for each series; what is not known is NaN, and has no bar. */
  void add(String label, List<Double> values) {
    if (values.size() != series.size()) {
      throw new IllegalArgumentException(
          values.size() + " values for " + series.size() + " series");
    }
    groups.add(new Group(label, List.copyOf(values)));
  }

  @Override
  public String toString() {
    int groupHeight = series.size() * BAR + GAP;
    int height = 2 * HEAD + groups.size() * groupHeight;
    int width = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH;
    StringBuilder svg = new StringBuilder(Svg.begin(width, height));
    svg.append(Svg.text(8, 20, "start", title)).append(legend());
    for (int i = 0; i < groups.size(); i++) {
      append(svg, groups.get(i), 2 * HEAD + i * groupHeight);
    }
    return svg.append("</svg>\n").toString();
  }

  private String legend() {
    StringBuilder svg = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      int x = LABEL_WIDTH + i * BAR_WIDTH / series.size();
      svg.append(rectangle(x, HEAD, BAR, i))
          .append(Svg.text(x + BAR + 6, HEAD + 10, "start", series.get(i)));
    }
    return svg.toString();
  }

  private void append(StringBuilder svg, Group group, int top) {
    double most =
        groups.stream()
            .flatMap(each -> each.values.stream())
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    svg.append(Svg.text(LABEL_WIDTH - 8, top + series.size() * BAR / 2 + 4, "end", group.label));
    for (int i = 0; i < series.size(); i++) {
      double value = group.values.get(i);
      if (Double.isFinite(value)) {
        int length = (int) Math.round(BAR_WIDTH * value / most);
        svg.append(rectangle(LABEL_WIDTH, top + i * BAR, length, i));
        int x = LABEL_WIDTH + length + 4;
        svg.append(Svg.text(x, top + i * BAR + 10, "start", Figures.rounded(value)));
      }
    }
  }

  private static String rectangle(int x, int y, int width, int colour) {
    return "<rect x=\""
        + x
        + "\" y=\""
        + y
        + "\" width=\""
        + width
        + "\" height=\""
        + (BAR - 2)
        + "\" fill=\""
        + COLOURS.get(colour)
        + "\"/>\n";
  }
}
