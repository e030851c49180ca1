package dev.prefork.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Figures as all locales read them. */
final class Figures {
  private static final String UNKNOWN = "-";

  private Figures() {}

  static String rounded(double value) {
    return rounded(value, 0);
  }

  static String rounded(double value, int decimals) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
        : UNKNOWN;
  }

  /** With at most two decimals, and none for a whole number. */
  static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(rounded(value, 2)).stripTrailingZeros().toPlainString()
        : UNKNOWN;
  }

  static String percent(double ratio) {
    return Double.isFinite(ratio) ? rounded(100 * ratio) + " %" : UNKNOWN;
  }

  static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  static String clients(int count) {
    return count + (count == 1 ? " client" : " clients");
  }
}
