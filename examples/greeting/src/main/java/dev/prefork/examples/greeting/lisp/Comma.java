package dev.prefork.examples.greeting.lisp;

/** A form to be evaluated inside a backquoted one. */
final class Comma extends Datum {
  private final String prefix;
  private final Datum form;
  private final int height;

  /**
   * Makes one that prints as {@code prefix}, which is {@code ,}, {@code ,@} or {@code ,.}, and
   * {@code form}.
   */
  Comma(String prefix, Datum form) throws LispReadException {
    this.prefix = prefix;
    this.form = form;
    this.height = above(form.height());
  }

  /** True if its value's elements are wanted, which needs a list around. */
  boolean splices() {
    return prefix.length() > 1;
  }

  @Override
  int height() {
    return height;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(prefix);
    if (!splices()
        && form instanceof Symbol symbol
        && symbol.isAccessible()
        && looksSpliced(symbol.name())) {
      out.append(' ');
    }
    out.then(form);
  }

  /** A space keeps {@code , @X} from being read as {@code ,@X}. */
  private static boolean looksSpliced(String name) {
    return !SymbolNames.needsBars(name) && (name.charAt(0) == '@' || name.charAt(0) == '.');
  }
}
