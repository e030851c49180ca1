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
    BigInteger over = numerator.abs();
    // One bit more or none than wanted: the quotient itself says which.
    int exponent = over.bitLength() - denominator.bitLength() - precision;
    exponent += divide(over, denominator, exponent, false).bitLength() - precision;
    BigInteger mantissa = divide(over, denominator, exponent, true);
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

  /** Returns over / (under * 2^exponent), cut to an integer or rounded to one, half to even. */
  private static BigInteger divide(
      BigInteger over, BigInteger under, int exponent, boolean rounded) {
    BigInteger dividend = exponent < 0 ? over.shiftLeft(-exponent) : over;
    BigInteger divisor = exponent > 0 ? under.shiftLeft(exponent) : under;
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    boolean up = rounded && (half > 0 || (half == 0 && parts[0].testBit(0)));
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
