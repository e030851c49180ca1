package dev.prefork.examples.greeting.lisp;

/**
 * The reader's variables while it is inside a form.
 *
 * @param suppress true if the datum is skipped ({@code *read-suppress*}, CLHS 2.2)
 * @param radix of integers and ratios, 2 to 36 ({@code *read-base*})
 * @param home where symbols without a prefix are interned ({@code *package*})
 * @param backquotes how many backquotes are open, commas taken off
 */
record ReadContext(boolean suppress, int radix, LispPackage home, int backquotes) {
  /** At the beginning of a datum. */
  static final ReadContext TOP = new ReadContext(false, 10, LispPackage.CURRENT, 0);

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
