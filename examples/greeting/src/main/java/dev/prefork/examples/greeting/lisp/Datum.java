package dev.prefork.examples.greeting.lisp;

/** One Lisp object as the reader makes it. It knows how SBCL prints it. */
public abstract class Datum extends Printable {
  /**
   * How many objects deep this one is nested, 0 for what holds no others. Printing recurses that
   * deep.
   */
  int height() {
    return 0;
  }

  /**
   * Returns the height of something that holds an object of {@code height}.
   *
   * @throws LispReadException beyond {@link Limits#DEPTH}, which shared structure can reach
   *     although its text is not nested so
   */
  static int above(int height) throws LispReadException {
    if (height >= Limits.DEPTH) {
      throw new LispReadException("nested more than " + Limits.DEPTH + " deep");
    }
    return height + 1;
  }
}
