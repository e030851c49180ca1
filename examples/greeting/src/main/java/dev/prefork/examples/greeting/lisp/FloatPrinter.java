package dev.prefork.examples.greeting.lisp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prints floats with the fewest digits that read back (CLHS 22.1.3.1.3). */
final class FloatPrinter {
  private static final int MOST_DIGITS = 17;

  private FloatPrinter() {}

  /**
   * Returns the printed form of a finite float; single floats carry no exponent marker unless they
   * need an exponent.
   */
  static String print(FloatFormat format, double value) {
    boolean single = format == FloatFormat.SINGLE;
    StringBuilder out = new StringBuilder(26);
    if (Double.doubleToRawLongBits(value) < 0) {
      out.append('-');
    }
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return out.append(single ? "0.0" : "0.0d0").toString();
    }
    if (format.isNormal(magnitude)) {
      scientific(
          single ? Float.toString((float) magnitude) : Double.toString(magnitude), single, out);
    } else {
      BigDecimal shortest = shortestDenormal(format, magnitude);
      place(
          shortest.unscaledValue().toString(),
          shortest.precision() - shortest.scale(),
          single,
          out);
    }
    return out.toString();
  }

  /** Takes Java's shortest form, {@code 12.5} or {@code 1.25E9}, apart. */
  private static void scientific(String java, boolean single, StringBuilder out) {
    int marker = java.indexOf('E');
    int exponent = marker < 0 ? 0 : Integer.parseInt(java.substring(marker + 1));
    String mantissa = marker < 0 ? java : java.substring(0, marker);
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int zeros = 0;
    while (digits.charAt(zeros) == '0') {
      zeros++;
    }
    place(digits.substring(zeros), point - zeros + exponent, single, out);
  }

  /**
   * Appends 0.{@code digits} times ten to {@code scale}: plainly from 1e-3 to below 1e7, else with
   * an exponent.
   *
   * @param digits the first is not zero
   */
  private static void place(String digits, int scale, boolean single, StringBuilder out) {
    int length = digits.length();
    while (length > 1 && digits.charAt(length - 1) == '0') {
      length--;
    }
    if (scale > 7 || scale < -2) {
      out.append(digits.charAt(0)).append('.');
      out.append(length > 1 ? digits.substring(1, length) : "0");
      out.append(single ? 'e' : 'd').append(scale - 1);
      return;
    }
    if (scale <= 0) {
      out.append("0.").append("0".repeat(-scale)).append(digits, 0, length);
    } else if (scale >= length) {
      out.append(digits, 0, length).append("0".repeat(scale - length)).append(".0");
    } else {
      out.append(digits, 0, scale).append('.').append(digits, scale, length);
    }
    if (!single) {
      out.append("d0");
    }
  }

  /**
   * Returns the shortest decimal that tells a denormal from its neighbours, taken with the full
   * mantissa of normal floats: SBCL prints more digits than the few bits deserve.
   */
  private static BigDecimal shortestDenormal(FloatFormat format, double magnitude) {
    long bits =
        (long)
            Math.scalb(
                Math.scalb(magnitude, -format.leastExponent() / 2),
                format.leastExponent() / 2 - format.leastExponent());
    int shift = format.precision() - (Long.SIZE - Long.numberOfLeadingZeros(bits));
    // In units of a quarter of the mantissa's last place, so that every bound is whole.
    long mantissa = bits << shift;
    BigDecimal unit =
        new BigDecimal(BigInteger.ONE)
            .divide(new BigDecimal(BigInteger.TWO.pow(shift + 2 - format.leastExponent())));
    boolean powerOfTwo = Long.bitCount(bits) == 1;
    BigDecimal low = unit.multiply(BigDecimal.valueOf(4 * mantissa - (powerOfTwo ? 1 : 2)));
    BigDecimal high = unit.multiply(BigDecimal.valueOf(4 * mantissa + 2));
    BigDecimal exact = unit.multiply(BigDecimal.valueOf(4 * mantissa));
    boolean inclusive = (mantissa & 1) == 0;
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      int fromLow = candidate.compareTo(low);
      int toHigh = high.compareTo(candidate);
      if (inclusive ? fromLow >= 0 && toHigh >= 0 : fromLow > 0 && toHigh > 0) {
        return candidate;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }
}
