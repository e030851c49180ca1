package dev.prefork.examples.greeting.lisp;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Tells which tokens are numbers, and which numbers they are (CLHS 2.3.1). */
final class NumberSyntax {
  /** Longest run of digits that fits a long in every radix: 36¹² is below 2⁶³. */
  private static final int LONG_DIGITS = 12;

  private NumberSyntax() {}

  /**
   * Returns the number that {@code token} writes, or null if it writes none.
   *
   * @param token a token without escapes
   * @param radix of integers and ratios, 2 to 36
   */
  static @Nullable Real parse(String token, int radix) throws LispReadException {
    char first = token.charAt(0);
    int start = first == '+' || first == '-' ? 1 : 0;
    if (start == token.length() || !canStart(token.codePointAt(start), radix)) {
      return null;
    }
    Real rational = rational(token, start, radix);
    return rational != null ? rational : decimal(token, start);
  }

  private static boolean canStart(int c, int radix) {
    return c == '.' || digit(c, radix) >= 0 || digit(c, 10) >= 0;
  }

  /** Integers and ratios; their digits may be those of any script, as in SBCL. */
  private static @Nullable Real rational(String token, int start, int radix)
      throws LispReadException {
    int end = digits(token, start, radix);
    if (end == token.length() && end > start) {
      return integer(token, start, end, radix);
    }
    int decimalEnd = digits(token, start, 10);
    if (decimalEnd > start && decimalEnd == token.length() - 1 && token.charAt(decimalEnd) == '.') {
      return integer(token, start, decimalEnd, 10);
    }
    if (end == start || end == token.length() || token.charAt(end) != '/') {
      return null;
    }
    if (end + 1 == token.length() || digits(token, end + 1, radix) != token.length()) {
      return null;
    }
    BigInteger denominator = magnitude(token, end + 1, token.length(), radix);
    if (denominator.signum() == 0) {
      throw new LispReadException("division by zero in " + LispReadException.excerpt(token));
    }
    BigInteger numerator = magnitude(token, start, end, radix);
    return Ratio.of(token.charAt(0) == '-' ? numerator.negate() : numerator, denominator);
  }

  private static Real integer(String token, int start, int end, int radix)
      throws LispReadException {
    boolean negative = token.charAt(0) == '-';
    if (end - start <= LONG_DIGITS) {
      long value = smallMagnitude(token, start, end, radix);
      return LispInteger.of(negative ? -value : value);
    }
    BigInteger value = magnitude(token, start, end, radix);
    return Ratio.of(negative ? value.negate() : value, BigInteger.ONE);
  }

  private static long smallMagnitude(String token, int start, int end, int radix) {
    long value = 0;
    for (int i = start; i < end; ) {
      int c = token.codePointAt(i);
      value = value * radix + digit(c, radix);
      i += Character.charCount(c);
    }
    return value;
  }

  private static BigInteger magnitude(String token, int start, int end, int radix)
      throws LispReadException {
    if (end - start <= LONG_DIGITS) {
      return BigInteger.valueOf(smallMagnitude(token, start, end, radix));
    }
    if (end - start > Limits.DIGITS) {
      throw new LispReadException("number of more than " + Limits.DIGITS + " digits");
    }
    StringBuilder ascii = new StringBuilder(end - start);
    for (int i = start; i < end; ) {
      int c = token.codePointAt(i);
      ascii.append(Character.forDigit(digit(c, radix), radix));
      i += Character.charCount(c);
    }
    return new BigInteger(ascii.toString(), radix);
  }

  private static int digits(String token, int start, int radix) {
    int at = start;
    while (at < token.length()) {
      int c = token.codePointAt(at);
      if (digit(c, radix) < 0) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /** The weight of a digit, or -1: letters only of ASCII, decimal digits of every script. */
  static int digit(int c, int radix) {
    if (c < 0x80 || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
      return Character.digit(c, radix);
    }
    return -1;
  }

  /**
   * Decimal fractions with an exponent or without: floats, and rationals where the exponent marker
   * is SBCL's {@code r}.
   */
  private static @Nullable Real decimal(String token, int start) throws LispReadException {
    int point = asciiDigits(token, start);
    int end = point;
    boolean pointed = point < token.length() && token.charAt(point) == '.';
    if (pointed) {
      end = asciiDigits(token, point + 1);
    }
    boolean fraction = pointed && end > point + 1;
    if (point == start && !fraction) {
      return null;
    }
    if (end == token.length()) {
      return fraction ? toFloat(token, token, FloatFormat.SINGLE) : null;
    }
    int sign = end + 1;
    if (sign < token.length() && (token.charAt(sign) == '+' || token.charAt(sign) == '-')) {
      sign++;
    }
    if (sign >= token.length() || asciiDigits(token, sign) != token.length()) {
      return null;
    }
    String java = token.substring(0, end) + 'e' + token.substring(end + 1);
    return switch (token.charAt(end)) {
      case 'e', 'E', 's', 'S', 'f', 'F' -> toFloat(token, java, FloatFormat.SINGLE);
      case 'd', 'D', 'l', 'L' -> toFloat(token, java, FloatFormat.DOUBLE);
      case 'r', 'R' -> toRational(token, java, end);
      default -> null;
    };
  }

  private static int asciiDigits(String token, int start) {
    int at = start;
    while (at < token.length() && token.charAt(at) >= '0' && token.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static Real toFloat(String token, String java, FloatFormat format)
      throws LispReadException {
    if (token.length() > Limits.DIGITS) {
      throw new LispReadException("number of more than " + Limits.DIGITS + " digits");
    }
    double value = format == FloatFormat.SINGLE ? Float.parseFloat(java) : Double.parseDouble(java);
    if (Double.isInfinite(value)) {
      throw new LispReadException("floating point overflow in " + LispReadException.excerpt(token));
    }
    if (format.isCut(value)) {
      BigDecimal decimal = new BigDecimal(java).stripTrailingZeros();
      if (decimal.scale() > 0) {
        double cut = format.round(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
        value = cut == 0 && value < 0 ? -0.0 : cut;
      }
    }
    return new LispFloat(format, value);
  }

  private static Real toRational(String token, String java, int mantissaEnd)
      throws LispReadException {
    String exponent = token.substring(mantissaEnd + 1);
    int significant = 0;
    while (significant < exponent.length() && "+-0".indexOf(exponent.charAt(significant)) >= 0) {
      significant++;
    }
    int length = exponent.length() - significant;
    int power =
        length > 5
            ? Limits.DIGITS + 1
            : length == 0 ? 0 : Integer.parseInt(exponent.substring(significant));
    if (token.length() + power > Limits.DIGITS) {
      throw new LispReadException("number of more than " + Limits.DIGITS + " digits");
    }
    BigDecimal value = new BigDecimal(java);
    BigInteger ten = BigInteger.TEN.pow(Math.abs(value.scale()));
    return value.scale() >= 0
        ? Ratio.of(value.unscaledValue(), ten)
        : Ratio.of(value.unscaledValue().multiply(ten), BigInteger.ONE);
  }
}
