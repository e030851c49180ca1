package dev.prefork.cli.operate;

import java.util.List;

/** Bars and sparklines of characters. */
final class Graphs {
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
  private static final String ASCII = " .:-=+*#@";

  private Graphs() {}

  /** A bar of {@code columns} characters, of which as large a part is filled. */
  static String bar(int part, int whole, int columns, boolean unicode) {
    int full = cells(part, whole, columns);
    return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(columns - full);
  }

  /** What is there fills a cell at least, and what is not all leaves one free. */
  private static int cells(int part, int whole, int columns) {
    if (part <= 0 || whole <= 0) {
      return 0;
    }
    if (part >= whole) {
      return columns;
    }
    return Math.max(1, Math.min(columns - 1, Math.round((float) part * columns / whole)));
  }

  /** The last values, a character each, on a scale from zero to the largest. */
  static String sparkline(List<Long> values, int columns, boolean unicode) {
    String levels = unicode ? BLOCKS : ASCII;
    List<Long> shown = values.subList(Math.max(0, values.size() - columns), values.size());
    long most = shown.stream().mapToLong(Long::longValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (long value : shown) {
      line.append(levels.charAt(level(value, most, levels.length() - 1)));
    }
    return line.toString();
  }

  /** Zero alone is blank. */
  private static int level(long value, long most, int highest) {
    return value <= 0 ? 0 : Math.max(1, (int) Math.round((double) value * highest / most));
  }
}
