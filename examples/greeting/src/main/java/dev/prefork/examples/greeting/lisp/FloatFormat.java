package dev.prefork.examples.greeting.lisp;

import java.math.BigInteger;

/** The two formats of SBCL's floats, which are those of IEEE 754. */
enum FloatFormat {
  /** Short and single floats. */
  SINGLE(24, -149, Float.MIN_NORMAL),
  /** Double and long floats. */
  DOUBLE(53, -1074, Double.MIN_NORMAL);

  private final int precision;
  private final int leastExponent;
  private final double leastNormal;

  FloatFormat(int precision, int leastExponent, double leastNormal) {
    this.precision = precision;
    this.leastExponent = leastExponent;
    this.leastNormal = leastNormal;
  }

  /** Bits of mantissa. */
  int precision() {
    return precision;
  }

  /** The power of two that is the least float above zero. */
  int leastExponent() {
    return leastExponent;
  }

  boolean isNormal(double value) {
    return Math.abs(value) >= leastNormal;
  }

  /** True if SBCL's way from a quotient, {@link #round}, may differ from the nearest float. */
  boolean isCut(double value) {
    double magnitude = Math.abs(value);
    return magnitude != 0 && (magnitude <= leastNormal || magnitude >= 1L << (precision - 8));
  }

  /**
   * Returns the float for a quotient as SBCL makes it: rounded to nearest, half to even. What is
   * smaller than the least normal float is then cut, not rounded, to its fewer bits. Infinite
   * beyond the range.
   *
   * @param denominator positive
   */
  double round(BigInteger numerator, BigInteger denominator) {
    if (numerator.signum() == 0) {
      return 0;
    }
    BigInteger common = numerator.gcd(denominator);
    BigInteger over = numerator.abs().divide(common);
    BigInteger lowest = denominator.divide(common);
    int twos = lowest.getLowestSetBit();
    BigInteger under = lowest.shiftRight(twos);
    // Bits of a long numerator are dropped unseen, so that more looks half than is.
    int shift = over.bitLength() - under.bitLength() - precision - 1;
    shift += over.shiftRight(shift).divide(under).bitLength() - precision - 1;
    BigInteger[] parts = over.shiftRight(shift).divideAndRemainder(under);
    BigInteger mantissa = parts[0].shiftRight(1);
    int exponent = shift + 1 - twos;
    if (parts[0].testBit(0) && (parts[1].signum() != 0 || mantissa.testBit(0))) {
      mantissa = mantissa.add(BigInteger.ONE);
    }
    if (exponent < leastExponent) {
      mantissa = mantissa.shiftRight(leastExponent - exponent);
      exponent = leastExponent;
    }
    double magnitude =
        this == SINGLE
            ? Math.scalb(mantissa.floatValue(), exponent)
            : Math.scalb(mantissa.doubleValue(), exponent);
    return numerator.signum() < 0 ? -magnitude : magnitude;
  }
}
