package dev.prefork.examples.greeting.lisp;

/** A complex number. */
final class Complex extends Datum {
  private final Real real;
  private final Real imaginary;

  private Complex(Real real, Real imaginary) {
    this.real = real;
    this.imaginary = imaginary;
  }

  /**
   * Returns the number with these parts (CLHS 12.1.5.3, 12.1.4.1): one without an imaginary part is
   * real if both are rational; if one is a float both are, of the longer format.
   *
   * @throws LispReadException if a rational part is beyond the range of the other's format
   */
  static Datum of(Real real, Real imaginary) throws LispReadException {
    int precision = Math.max(real.precision(), imaginary.precision());
    if (precision == 0) {
      boolean isReal = imaginary instanceof LispInteger integer && integer.value() == 0;
      return isReal ? real : new Complex(real, imaginary);
    }
    return new Complex(toFloat(real, precision), toFloat(imaginary, precision));
  }

  private static Real toFloat(Real part, int precision) throws LispReadException {
    boolean single = precision == FloatFormat.SINGLE.precision();
    double value = single ? part.floatValue() : part.doubleValue();
    if (Double.isInfinite(value)) {
      throw new LispReadException("part of a complex number too large for a float");
    }
    return new LispFloat(single ? FloatFormat.SINGLE : FloatFormat.DOUBLE, value);
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append("#C(");
    real.print(out);
    out.append(' ');
    imaginary.print(out);
    out.append(')');
  }
}
