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
    if (!out.isRaw() && car instanceof Symbol operator && operator.isAccessible()) {
      String prefix = cdr instanceof Cons rest && rest.cdr == Symbol.NIL ? prefix(operator) : "";
      if (!prefix.isEmpty()) {
        out.append(prefix);
        ((Cons) cdr).car.print(out);
        return;
      }
      String layout = FormLayout.of(operator.name());
      if (!layout.isEmpty()) {
        FormLayout.print(this, layout, out);
        return;
      }
    }
    printElements(out);
  }

  /** Prints the list in full, whatever it begins with. */
  void printElements(LispWriter out) throws LispReadException {
    out.append('(');
    car.print(out);
    Datum rest = cdr;
    while (rest instanceof Cons next) {
      out.append(' ');
      next.car.print(out);
      rest = next.cdr;
    }
    printTail(rest, out);
  }

  /** Prints what follows the last cons of a list, and closes it. */
  static void printTail(Datum tail, LispWriter out) throws LispReadException {
    if (tail != Symbol.NIL) {
      out.append(" . ");
      tail.print(out);
    }
    out.append(')');
  }

  private static String prefix(Symbol operator) {
    if (operator.name().equals("QUOTE")) {
      return "'";
    }
    return operator.name().equals("FUNCTION") ? "#'" : "";
  }
}
