package dev.prefork.examples.greeting.lisp;

/** Text to be printed after what is printed first. */
final class Literal extends Printable {
  static final Literal CLOSE = new Literal(")");
  static final Literal EMPTY_LIST = new Literal("()");

  private final String text;

  private Literal(String text) {
    this.text = text;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(text);
  }
}
