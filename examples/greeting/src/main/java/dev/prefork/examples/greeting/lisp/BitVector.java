package dev.prefork.examples.greeting.lisp;

/** A bit vector. */
final class BitVector extends Datum implements Sequence {
  private final String bits;

  /** Makes a vector of characters {@code 0} and {@code 1}. */
  BitVector(String bits) {
    this.bits = bits;
  }

  @Override
  public Datum[] elements() {
    Datum[] elements = new Datum[bits.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = LispInteger.of(bits.charAt(i) - '0');
    }
    return elements;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append("#*");
    out.append(bits);
  }
}
