package dev.prefork.examples.greeting.lisp;

/** The printed form as it grows, up to {@link Limits#PRINTED} characters. */
final class LispWriter {
  private final StringBuilder text = new StringBuilder();
  private int rawDepth;

  LispWriter() {}

  void append(String part) throws LispReadException {
    reserve(part.length());
    text.append(part);
  }

  void append(char c) throws LispReadException {
    reserve(1);
    text.append(c);
  }

  /**
   * Appends {@code content} between two {@code mark}s; marks and backslashes inside are escaped
   * (CLHS 22.1.3.4).
   */
  void quoted(String content, char mark) throws LispReadException {
    reserve(content.length() + 2);
    appendQuoted(text, content, mark);
    reserve(0);
  }

  /** While true, {@code (QUOTE X)} and operators' forms print as any list does. */
  boolean isRaw() {
    return rawDepth > 0;
  }

  void enterRaw() {
    rawDepth++;
  }

  void leaveRaw() {
    rawDepth--;
  }

  String text() {
    return text.toString();
  }

  static void appendQuoted(StringBuilder out, String content, char mark) {
    out.append(mark);
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == mark || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append(mark);
  }

  private void reserve(int length) throws LispReadException {
    if (length > Limits.PRINTED - text.length()) {
      throw new LispReadException("printed form longer than " + Limits.PRINTED + " characters");
    }
  }
}
