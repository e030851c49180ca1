package dev.prefork.examples.tika;

/** Gets the text out of documents. Any thread may use it. */
interface Extraction {
  /**
   * The text of one document, of whatever type it turns out to be.
   *
   * @throws UnreadableException if no text can be had of it, now or later
   * @throws UnavailableException if whoever parsed it has come to an end
   */
  String textOf(byte[] document) throws UnreadableException, UnavailableException;

  /** The document is at fault. */
  final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String why) {
      super(why);
    }
  }

  /** The parser is: of a good document another one may get the text. */
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    UnavailableException(String why) {
      super(why);
    }
  }
}
