package dev.prefork.examples.greeting.lisp;

/** The reader's variables while it is inside a form. */
final class ReadContext {
  /** At the beginning of a datum. */
  static final ReadContext TOP = new ReadContext(false, 10, LispPackage.CURRENT, 0);

  private final boolean suppress;
  private final int radix;
  private final LispPackage home;
  private final int backquotes;

  private ReadContext(boolean suppress, int radix, LispPackage home, int backquotes) {
    this.suppress = suppress;
    this.radix = radix;
    this.home = home;
    this.backquotes = backquotes;
  }

  /** True if the datum is skipped ({@code *read-suppress*}, CLHS 2.2). */
  boolean suppress() {
    return suppress;
  }

  /** Of integers and ratios, 2 to 36 ({@code *read-base*}). */
  int radix() {
    return radix;
  }

  /** Where symbols without a prefix are interned ({@code *package*}). */
  LispPackage home() {
    return home;
  }

  /** How many backquotes are open, commas taken off. */
  int backquotes() {
    return backquotes;
  }

  ReadContext suppressed() {
    return new ReadContext(true, radix, home, backquotes);
  }

  ReadContext withRadix(int newRadix) {
    return new ReadContext(suppress, newRadix, home, backquotes);
  }

  ReadContext in(LispPackage newHome) {
    return new ReadContext(suppress, radix, newHome, backquotes);
  }

  /**
   * A feature expression is read in the keyword package, and read even where the datum is skipped.
   */
  ReadContext forFeatures() {
    return new ReadContext(false, radix, LispPackage.KEYWORD, backquotes);
  }

  /** With {@code more} backquotes open, fewer for a comma. */
  ReadContext withMoreBackquotes(int more) {
    return new ReadContext(suppress, radix, home, backquotes + more);
  }

  /** No comma inside can belong to a backquote outside. */
  ReadContext withoutBackquotes() {
    return new ReadContext(suppress, radix, home, 0);
  }
}
