package dev.prefork.examples.greeting.lisp;

import java.math.BigInteger;

/** An integer that fits a long; larger ones are a {@link Ratio} over one. */
final class LispInteger extends Real {
  private final long value;

  private LispInteger(long value) {
    this.value = value;
  }

  static LispInteger of(long value) {
    return new LispInteger(value);
  }

  long value() {
    return value;
  }

  BigInteger toBigInteger() {
    return BigInteger.valueOf(value);
  }

  @Override
  int precision() {
    return 0;
  }

  @Override
  double doubleValue() {
    return value;
  }

  @Override
  float floatValue() {
    return value;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(Long.toString(value));
  }
}
