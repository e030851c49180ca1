package dev.prefork.examples.greeting.lisp;

/** A general vector. */
final class LispVector extends Datum implements Sequence {
  private final Datum[] elements;
  private final int height;

  /** Takes over {@code elements}. */
  LispVector(Datum[] elements) throws LispReadException {
    this.elements = elements;
    int highest = 0;
    for (Datum element : elements) {
      highest = Math.max(highest, above(element.height()));
    }
    this.height = highest;
  }

  @Override
  public Datum[] elements() {
    return elements;
  }

  @Override
  int height() {
    return height;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append("#(");
    for (int i = 0; i < elements.length; i++) {
      if (i > 0) {
        out.append(' ');
      }
      elements[i].print(out);
    }
    out.append(')');
  }
}
