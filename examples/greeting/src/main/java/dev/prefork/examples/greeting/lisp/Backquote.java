package dev.prefork.examples.greeting.lisp;

/** A backquoted form, kept as read. */
final class Backquote extends Datum {
  private final Datum form;
  private final int height;

  Backquote(Datum form) throws LispReadException {
    this.form = form;
    this.height = above(form.height());
  }

  @Override
  int height() {
    return height;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append('`');
    out.then(form);
  }
}
