package dev.prefork.admin;

import java.util.Locale;

/** How metrics are written. */
enum MetricsFormat {
  /** Prometheus' own, for everybody who asks for nothing else. */
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
  /** The standard that came of it. */
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  MetricsFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** The one that an Accept field prefers (RFC 9110, section 12.5.1). */
  static MetricsFormat wanted(String accept) {
    double open = 0;
    double text = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.replace(" ", "").split(";", -1);
      double weight = weight(parts);
      switch (parts[0]) {
        case "application/openmetrics-text" -> open = Math.max(open, speaks(parts) ? weight : 0);
        case "text/plain", "text/*", "*/*" -> text = Math.max(text, weight);
        default -> {}
      }
    }
    return open > 0 && open >= text ? OPENMETRICS : PROMETHEUS;
  }

  private static boolean speaks(String[] parts) {
    for (String part : parts) {
      if (part.startsWith("version=")) {
        return part.equals("version=1.0.0");
      }
    }
    return true;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      if (part.startsWith("q=")) {
        try {
          return Double.parseDouble(part.substring(2));
        } catch (NumberFormatException e) {
          return 0; // no weight at all: not asked for
        }
      }
    }
    return 1;
  }
}
