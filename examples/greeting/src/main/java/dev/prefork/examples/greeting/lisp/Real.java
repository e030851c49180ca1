package dev.prefork.examples.greeting.lisp;

/** A number that a complex number's part can be. */
abstract class Real extends Datum {
  /**
   * How many bits of mantissa SBCL gives this kind of number: 0 for a rational, else those of
   * {@link FloatFormat}.
   */
  abstract int precision();

  /** The value as a double; a rational beyond its range is infinite. */
  abstract double doubleValue();

  /** The value as a float; a rational beyond its range is infinite. */
  abstract float floatValue();
}
