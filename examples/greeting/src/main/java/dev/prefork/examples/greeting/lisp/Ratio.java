package dev.prefork.examples.greeting.lisp;

import java.math.BigInteger;

/** A rational number that is no small integer, in lowest terms. */
final class Ratio extends Real {
  private final BigInteger numerator;
  private final BigInteger denominator;

  private Ratio(BigInteger numerator, BigInteger denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** Returns the quotient in canonical form (CLHS 12.1.3.2). The denominator is positive. */
  static Real of(BigInteger numerator, BigInteger denominator) {
    BigInteger over = numerator;
    BigInteger under = denominator;
    boolean coprime = over.abs().equals(BigInteger.ONE) || under.equals(BigInteger.ONE);
    if (!coprime) {
      BigInteger common = over.gcd(under);
      over = over.divide(common);
      under = under.divide(common);
    }
    boolean small = under.equals(BigInteger.ONE) && over.bitLength() < Long.SIZE;
    return small ? LispInteger.of(over.longValue()) : new Ratio(over, under);
  }

  private boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  @Override
  int precision() {
    return 0;
  }

  @Override
  double doubleValue() {
    return isInteger() ? numerator.doubleValue() : FloatFormat.DOUBLE.round(numerator, denominator);
  }

  @Override
  float floatValue() {
    return isInteger()
        ? numerator.floatValue()
        : (float) FloatFormat.SINGLE.round(numerator, denominator);
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(decimal(numerator));
    if (!isInteger()) {
      out.append('/');
      out.append(decimal(denominator));
    }
  }

  /** Most are small, and a long is written several times as fast. */
  private static String decimal(BigInteger value) {
    return value.bitLength() < Long.SIZE ? Long.toString(value.longValue()) : value.toString();
  }
}
