package dev.prefork.examples.greeting.lisp;

import java.util.ArrayList;
import java.util.List;

/** The printed form as it grows, up to {@link Limits#PRINTED} characters. */
final class LispWriter {
  private static final int USUAL_LENGTH = 64;

  private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
  private final List<Printable> waiting = new ArrayList<>();

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

  /** Prints {@code part} next, before everything that waits already. */
  void then(Printable part) {
    waiting.add(part);
  }

  /** Prints {@code datum} and all that it holds. */
  void finish(Datum datum) throws LispReadException {
    then(datum);
    while (!waiting.isEmpty()) {
      waiting.remove(waiting.size() - 1).print(this);
    }
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
