package dev.prefork.admin;

import dev.prefork.monitor.Timings;
import dev.prefork.scoreboard.Durations;
import java.math.BigDecimal;

/**
 * Writes metrics: Prometheus' text format 0.0.4, or OpenMetrics 1.0, which names counters without
 * their ending and has units.
 */
final class MetricsWriter {
  private static final int NANO_DIGITS = 9;

  private final MetricsFormat format;
  private final StringBuilder out = new StringBuilder(16 * 1024);
  private String name = "";

  MetricsWriter(MetricsFormat format) {
    this.format = format;
  }

  /** Begins a number that goes up and down; a unit is the name's last word, or empty. */
  MetricsWriter gauge(String metric, String unit, String help) {
    return family(metric, "gauge", unit, help);
  }

  /** Begins a number that only grows; its samples end in {@code _total}. */
  MetricsWriter counter(String metric, String unit, String help) {
    boolean open = format == MetricsFormat.OPENMETRICS;
    return family(open ? metric : metric + "_total", "counter", unit, help)
        .named(metric + "_total");
  }

  /** Writes what does not change; its sample ends in {@code _info}. */
  MetricsWriter info(String metric, String help, String... labels) {
    boolean open = format == MetricsFormat.OPENMETRICS;
    return family(open ? metric : metric + "_info", open ? "info" : "gauge", "", help)
        .named(metric + "_info")
        .sample(1, labels);
  }

  /** Writes how long things took, in seconds. */
  MetricsWriter histogram(String metric, String help, Timings timings) {
    var _ = family(metric, "histogram", "seconds", help).named(metric + "_bucket");
    long below = 0;
    for (int bucket = 0; bucket < Durations.BUCKETS; bucket++) {
      below += timings.durations().count(bucket);
      boolean last = bucket == Durations.BUCKETS - 1;
      var _ = sample(below, "le", last ? "+Inf" : seconds(Durations.upperBoundNs(bucket)));
    }
    var _ = named(metric + "_sum").sample(seconds(timings.sumNs()));
    return named(metric + "_count").sample(below);
  }

  private MetricsWriter family(String metric, String type, String unit, String help) {
    name = metric;
    out.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    if (format == MetricsFormat.OPENMETRICS && !unit.isEmpty()) {
      out.append("# UNIT ").append(metric).append(' ').append(unit).append('\n');
    }
    return this;
  }

  private MetricsWriter named(String sample) {
    name = sample;
    return this;
  }

  /** Writes a sample of the metric that was begun last; labels are names and values in turn. */
  MetricsWriter sample(long value, String... labels) {
    return sample(Long.toString(value), labels);
  }

  /** Writes a sample that is a number already. */
  MetricsWriter sample(String value, String... labels) {
    out.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? "{" : ",").append(labels[i]).append("=\"");
      out.append(escape(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    return this;
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Nanoseconds as seconds, exactly. */
  static String seconds(long ns) {
    return BigDecimal.valueOf(ns, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** All that was written, and the end. */
  String end() {
    return format == MetricsFormat.OPENMETRICS ? out.append("# EOF\n").toString() : out.toString();
  }
}
