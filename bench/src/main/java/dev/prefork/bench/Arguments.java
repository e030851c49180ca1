package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;

/** Checks what stands on a command line. */
final class Arguments {
  private static final double MOST_SECONDS = 3_600;
  private static final double LEAST_SECONDS = 0.01;

  private Arguments() {}

  static PreforkException usage(String message) {
    return new PreforkException(ExitStatus.USAGE, message);
  }

  /** The value that follows an option. */
  static String value(String name, Deque<String> left, String usage) {
    if (left.isEmpty()) {
      throw usage(name + " needs a value\n" + usage.strip());
    }
    return left.pop();
  }

  /** The file that follows an option. */
  static Path path(String name, Deque<String> left, String usage) {
    return Path.of(value(name, left, usage)).toAbsolutePath();
  }

  static PreforkException unknown(String name, String usage) {
    return usage("there is no option " + name + "\n" + usage.strip());
  }

  static int count(String name, String text, int least, int most) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw usage(name + " must be a whole number from " + least + " to " + most + ", not " + text);
  }

  static Duration seconds(String name, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= LEAST_SECONDS && value <= MOST_SECONDS) {
        return Duration.ofNanos((long) (value * 1e9));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw usage(name + " must be a number of seconds from 0.01 to 3600, not " + text);
  }
}
