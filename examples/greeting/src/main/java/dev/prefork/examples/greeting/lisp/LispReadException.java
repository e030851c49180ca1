package dev.prefork.examples.greeting.lisp;

/** Says why bytes are not a datum this server answers, and where they stop being one. */
public final class LispReadException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Longest piece of input that a message repeats, in UTF-16 units. */
  private static final int QUOTED = 60;

  private final boolean placed;

  /**
   * Makes the exception.
   *
   * @param what what is wrong; made printable, on one line
   */
  public LispReadException(String what) {
    super(printable(what));
    placed = false;
  }

  /**
   * Makes the exception.
   *
   * @param what what is wrong; made printable, on one line
   * @param line line of the datum, from 1
   * @param column column in that line in characters, from 1
   */
  LispReadException(String what, int line, int column) {
    super(printable(what) + ", line " + line + " column " + column + " of the datum");
    placed = true;
  }

  /** True if the message says where. */
  boolean isPlaced() {
    return placed;
  }

  /**
   * The message as a Lisp string, with its quotation marks: {@code (:READ-ERROR "…")} can hold it.
   */
  public String messageAsLispString() {
    return quote(String.valueOf(getMessage()));
  }

  /**
   * Returns {@code text} as a Lisp string: quotation marks around, {@code "} and {@code \} escaped.
   */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    LispWriter.appendQuoted(out, text, '"');
    return out.toString();
  }

  /** Shortens input that a message repeats. */
  static String excerpt(String input) {
    if (input.length() <= QUOTED) {
      return input;
    }
    int end = Character.isHighSurrogate(input.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return input.substring(0, end) + "...";
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out.appendCodePoint(isPrintable(c) ? c : '?');
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isPrintable(int c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
