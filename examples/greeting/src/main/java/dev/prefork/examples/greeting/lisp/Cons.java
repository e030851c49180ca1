package dev.prefork.examples.greeting.lisp;

/** A pair, and so every list but the empty one. */
final class Cons extends Datum {
  private final Datum car;
  private final Datum cdr;
  private final int height;

  /** Joins two objects; the height of a list is that of its highest element and one. */
  Cons(Datum car, Datum cdr) throws LispReadException {
    this.car = car;
    this.cdr = cdr;
    int tail = cdr instanceof Cons ? cdr.height() : above(cdr.height());
    this.height = Math.max(above(car.height()), tail);
  }

  Datum car() {
    return car;
  }

  Datum cdr() {
    return cdr;
  }

  @Override
  int height() {
    return height;
  }

  /**
   * Prints the list; {@code (QUOTE X)} and {@code (FUNCTION X)} as read, operators' forms as {@link
   * FormLayout} has them.
   */
  @Override
  void print(LispWriter out) throws LispReadException {
    if (car instanceof Symbol operator && operator.isAccessible()) {
      String prefix = cdr instanceof Cons rest && rest.cdr == Symbol.NIL ? prefix(operator) : "";
      if (!prefix.isEmpty()) {
        out.append(prefix);
        out.then(((Cons) cdr).car);
        return;
      }
      out.then(new ListPrinting(this, FormLayout.ofForm(operator.name(), cdr)));
      return;
    }
    out.then(new ListPrinting(this, FormLayout.plain()));
  }

  private static String prefix(Symbol operator) {
    if (operator.name().equals("QUOTE")) {
      return "'";
    }
    return operator.name().equals("FUNCTION") ? "#'" : "";
  }
}
