package dev.prefork.examples.greeting.lisp;

/**
 * Prints data as SBCL's {@code ~S} does in the package PREFORK-EXAMPLE-SIMPLE, but on one line:
 * where its pretty printer breaks a line, one space stands.
 */
public final class LispPrinter {
  private LispPrinter() {}

  /**
   * Returns the printed form of {@code datum}.
   *
   * @throws LispReadException if it would be longer than {@link Limits#PRINTED} characters
   */
  public static String print(Datum datum) throws LispReadException {
    LispWriter out = new LispWriter();
    out.finish(datum);
    return out.text();
  }
}
