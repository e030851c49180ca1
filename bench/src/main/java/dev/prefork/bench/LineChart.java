package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines over time as SVG. Pure.
 *
 * @param title above it
 * @param xLabel what stands below the x axis, whose values are 0, 1, 2…
 * @param lines at least one
 */
record LineChart(String title, String xLabel, List<Line> lines) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;
  private static final int LEFT = 50;
  private static final int RIGHT = 20;
  private static final int TOP = 60;
  private static final int BOTTOM = 50;
  private static final int STEPS = 4;
  private static final int LEGEND_WIDTH = 240;
  private static final List<String> COLOURS = List.of("#2b6cb0", "#dd6b20", "#2f855a", "#97266d");

  /** One line: its name, and a value for each x. */
  record Line(String name, List<Double> values) {
    Line {
      values = List.copyOf(values);
    }
  }

  LineChart {
    lines = List.copyOf(lines);
  }

  @Override
  public String toString() {
    StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, HEIGHT));
    svg.append(Svg.text(LEFT, 20, "start", title));
    appendGrid(svg);
    for (int i = 0; i < lines.size(); i++) {
      appendLine(svg, i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void appendGrid(StringBuilder svg) {
    for (int step = 0; step <= STEPS; step++) {
      double value = top() * step / STEPS;
      double second = longest() * step / (double) STEPS;
      int y = TOP + plotHeight() * (STEPS - step) / STEPS;
      svg.append("<path stroke=\"#cbd5e0\" d=\"M" + LEFT + " " + y);
      svg.append(" H" + (WIDTH - RIGHT) + "\"/>\n");
      svg.append(Svg.text(LEFT - 6, y + 4, "end", Figures.plain(value)));
      int x = LEFT + plotWidth() * step / STEPS;
      svg.append(Svg.text(x, HEIGHT - BOTTOM + 18, "middle", Figures.rounded(second)));
    }
    svg.append(Svg.text(LEFT + plotWidth() / 2, HEIGHT - 10, "middle", xLabel));
  }

  private void appendLine(StringBuilder svg, int index) {
    Line line = lines.get(index);
    String colour = COLOURS.get(index % COLOURS.size());
    List<String> points = new ArrayList<>();
    for (int x = 0; x < line.values.size(); x++) {
      points.add(x(x) + "," + y(line.values.get(x)));
    }
    svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"" + colour + "\" points=\"");
    svg.append(String.join(" ", points) + "\"/>\n");
    int legend = LEFT + index * LEGEND_WIDTH;
    svg.append(
        "<path stroke-width=\"3\" stroke=\"" + colour + "\" d=\"M" + legend + " 38 h20\"/>\n");
    svg.append(Svg.text(legend + 26, 42, "start", line.name));
  }

  private static int plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  private static int plotHeight() {
    return HEIGHT - TOP - BOTTOM;
  }

  private String x(double value) {
    return Figures.rounded(LEFT + plotWidth() * value / longest(), 1);
  }

  private String y(double value) {
    return Figures.rounded(TOP + plotHeight() * (1 - value / top()), 1);
  }

  private int longest() {
    return Math.max(1, lines.stream().mapToInt(line -> line.values.size()).max().orElse(1));
  }

  /** The least round number that no value exceeds. */
  private double top() {
    double most =
        lines.stream()
            .flatMap(line -> line.values.stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    double step = 1;
    for (int i = 0; step * STEPS < most; i++) {
      step *= i % 3 == 1 ? 2.5 : 2; // 1, 2, 5, 10, 20, 50…
    }
    return step * STEPS;
  }
}
