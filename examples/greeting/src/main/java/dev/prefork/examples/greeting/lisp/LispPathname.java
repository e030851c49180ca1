package dev.prefork.examples.greeting.lisp;

/** A pathname. */
final class LispPathname extends Datum {
  private final String namestring;

  /** Makes one of a canonical namestring. */
  LispPathname(String namestring) {
    this.namestring = namestring;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append("#P");
    out.quoted(namestring, '"');
  }
}
