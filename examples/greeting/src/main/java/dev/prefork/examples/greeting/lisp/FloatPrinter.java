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
      place(shortestNormal(magnitude, single), single, out);
    } else {
      place(shortestDenormal(format, magnitude), single, out);
    }
    return out.toString();
  }

  /**
   * Returns Java's shortest decimal, or where another of that length is as near the one further
   * from zero, as SBCL has it.
   */
  private static BigDecimal shortestNormal(double magnitude, boolean single) {
    String java = single ? Float.toString((float) magnitude) : Double.toString(magnitude);
    BigDecimal shortest = new BigDecimal(java).stripTrailingZeros();
    BigDecimal upper =
        new BigDecimal(magnitude)
            .round(new MathContext(shortest.precision(), RoundingMode.HALF_UP));
    double value = single ? upper.floatValue() : upper.doubleValue();
    return value == magnitude ? upper : shortest;
  }

  /** Appends a positive number: plainly from 1e-3 to below 1e7, else with an exponent. */
  private static void place(BigDecimal value, boolean single, StringBuilder out) {
    String digits = value.unscaledValue().toString();
    int scale = digits.length() - value.scale();
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
