package dev.prefork.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times and sizes as people write them: a whole number and its unit, never a bare number. */
public final class Units {
  private static final String[] TIME_UNITS = {"ms", "s", "m", "h"};
  private static final long[] TIME_MILLIS = {1, 1_000, 60_000, 3_600_000};
  private static final String[] SIZE_UNITS = {"KiB", "MiB", "GiB"};
  private static final long[] SIZE_BYTES = {1L << 10, 1L << 20, 1L << 30};

  private Units() {}

  /** Reads {@code 500ms}, {@code 3s}, {@code 2m}, {@code 1h}; null if it is none of these. */
  public static @Nullable Duration parseDuration(String text) {
    Long millis = parse(text, TIME_UNITS, TIME_MILLIS);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /** Reads {@code 512KiB}, {@code 64MiB}, {@code 1GiB} into bytes; null if it is none of these. */
  public static @Nullable Long parseSize(String text) {
    return parse(text, SIZE_UNITS, SIZE_BYTES);
  }

  /** Writes a time in its largest whole unit: {@code 25s}, {@code 1500ms}. */
  public static String format(Duration duration) {
    return format(duration.toMillis(), TIME_UNITS, TIME_MILLIS);
  }

  /** Writes a number of bytes in its largest whole unit: {@code 64MiB}. */
  public static String formatSize(long bytes) {
    return format(bytes, SIZE_UNITS, SIZE_BYTES);
  }

  private static @Nullable Long parse(String text, String[] units, long[] factors) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits);
    for (int i = 0; i < units.length; i++) {
      if (units[i].equals(unit) && digits > 0 && digits <= 9) {
        return Long.parseLong(text.substring(0, digits)) * factors[i];
      }
    }
    return null;
  }

  private static String format(long value, String[] units, long[] factors) {
    int unit = factors.length - 1;
    while (unit > 0 && (value == 0 || value % factors[unit] != 0)) {
      unit--;
    }
    return value / factors[unit] + units[unit];
  }
}
