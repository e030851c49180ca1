package dev.prefork.examples.greeting.lisp;

/**
 * A list whose elements from {@link #rest} on are still to be printed, each in the way of a {@link
 * FormLayout}.
 */
final class ListPrinting extends Printable {
  private final FormLayout layout;
  private Datum rest;
  private boolean begun;

  /** Prints {@code list} in full, whatever it begins with. */
  ListPrinting(Cons list, FormLayout layout) {
    this.rest = list;
    this.layout = layout;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    if (!begun) {
      out.append('(');
    } else if (rest != Symbol.NIL || layout.breaksBeforeEnd()) {
      out.append(' ');
    }
    begun = true;
    if (rest instanceof Cons next) {
      rest = next.cdr();
      out.then(this);
      layout.element(next.car(), out);
    } else {
      if (rest != Symbol.NIL) {
        out.append(". ");
      }
      out.then(Literal.CLOSE);
      if (rest != Symbol.NIL) {
        out.then(rest);
      }
    }
  }
}
