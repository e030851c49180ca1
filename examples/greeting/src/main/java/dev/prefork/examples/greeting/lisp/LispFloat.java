package dev.prefork.examples.greeting.lisp;

/** A single or double float. */
final class LispFloat extends Real {
  private final FloatFormat format;
  private final double value;

  /** Makes a float of a finite {@code value}, which {@code format} holds exactly. */
  LispFloat(FloatFormat format, double value) {
    this.format = format;
    this.value = value;
  }

  @Override
  int precision() {
    return format.precision();
  }

  @Override
  double doubleValue() {
    return value;
  }

  @Override
  float floatValue() {
    return (float) value;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(FloatPrinter.print(format, value));
  }
}
