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
    out.then(Literal.CLOSE);
    out.then(new Elements(elements));
  }

  /** Elements still to be printed. */
  private static final class Elements extends Printable {
    private final Datum[] elements;
    private int next;

    Elements(Datum[] elements) {
      this.elements = elements;
    }

    @Override
    void print(LispWriter out) throws LispReadException {
      if (next == elements.length) {
        return;
      }
      if (next > 0) {
        out.append(' ');
      }
      out.then(this);
      out.then(elements[next++]);
    }
  }
}
