package dev.prefork.cli.operate;

import dev.prefork.WorkerIdentity;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words and numbers for people, as a terminal may show them. */
final class Texts {
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] COUNTS = {"", "k", "M", "G", "T"};

  private Texts() {}

  /** {@code worker 3 gen 2 pid 4711}. */
  static String identity(Json.Fields fields) throws JsonException {
    return new WorkerIdentity(
            (int) fields.number("slot"), (int) fields.number("generation"), fields.number("pid"))
        .toString();
  }

  /** As the server's log has it: time, level, who, what; null if another line says the same. */
  static @Nullable String event(Json.Fields event) throws JsonException {
    String when = event.text("time") + " " + event.text("level") + " ";
    if (event.has("death")) {
      Json.Fields death = event.object("death");
      return death.truth("expected") ? null : when + certificate(death);
    }
    String who = event.has("slot") ? identity(event) + ": " : "";
    return when + who + printable(event.text("text"));
  }

  static String death(Json.Fields death) throws JsonException {
    return death.text("time") + " " + certificate(death);
  }

  private static String certificate(Json.Fields death) throws JsonException {
    StringBuilder text = new StringBuilder(identity(death)).append(": ");
    text.append(printable(death.text("text")));
    text.append(" (").append(death.text("cause")).append(", after ");
    text.append(time(Duration.ofMillis((long) (death.rounded("age_s") * 1000))));
    text.append(" and ").append(many(death.number("requests"), "request")).append(')');
    for (Json serving : death.items("serving")) {
      if (serving instanceof Json.Text(String what)) {
        text.append("\n  serving ").append(printable(what));
      }
    }
    for (String file : List.of("crash_file", "problematic_frame")) {
      if (!death.text(file).isEmpty()) {
        text.append("\n  ").append(file.replace('_', ' ')).append(": ");
        text.append(printable(death.text(file)));
      }
    }
    return text.toString();
  }

  /** Without what would work a terminal: a client may have chosen the text. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.appendCodePoint(isSafe(c) ? c : '\ufffd'));
    return shown.toString();
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * Two digits that matter: {@code 450ms}, {@code 2.1s}, {@code 3m20s}, {@code 5h12m}, {@code 3d}.
   */
  static String time(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    long seconds = millis / 1_000;
    if (millis < 1_000) {
      return millis + "ms";
    } else if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1_000.0);
    } else if (seconds < 3_600) {
      return seconds / 60 + "m" + seconds % 60 + "s";
    } else if (seconds < 86_400) {
      return seconds / 3_600 + "h" + seconds / 60 % 60 + "m";
    }
    return seconds / 86_400 + "d" + seconds / 3_600 % 24 + "h";
  }

  /** {@code 41 MiB}. */
  static String size(long bytes) {
    return scaled(bytes, 1024, SIZES, " ");
  }

  /** {@code 12.3k}. */
  static String count(long number) {
    return scaled(number, 1000, COUNTS, "");
  }

  private static String scaled(long number, int step, String[] units, String space) {
    double scaled = number;
    int unit = 0;
    while (scaled >= step && unit < units.length - 1) {
      scaled /= step;
      unit++;
    }
    boolean fraction = unit > 0 && scaled < 100;
    return String.format(Locale.ROOT, fraction ? "%.1f" : "%.0f", scaled) + space + units[unit];
  }

  /** {@code 1 request}, {@code 1.2k requests}. */
  static String many(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  /** Enum words: {@code backoff}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
