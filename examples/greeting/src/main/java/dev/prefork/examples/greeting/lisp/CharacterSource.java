package dev.prefork.examples.greeting.lisp;

import java.io.IOException;
import java.io.InputStream;

/**
 * The characters of one datum: UTF-8 decoded byte by byte, so that nothing behind the datum is
 * read, with the position for messages.
 */
final class CharacterSource {
  /** What {@link #next} returns at the end of input. */
  static final int END = -1;

  private static final int NONE = -2;

  private final InputStream in;
  private int bytes;
  private int pushedBack = NONE;
  private int line = 1;
  private int column;
  private boolean newLine;

  /** Reads from {@code in}, which is buffered by the caller and stays open. */
  CharacterSource(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next code point, or {@link #END}.
   *
   * @throws LispReadException if the bytes are not UTF-8, or are too many
   */
  int next() throws LispReadException, IOException {
    if (pushedBack != NONE) {
      int c = pushedBack;
      pushedBack = NONE;
      return c;
    }
    if (newLine) {
      newLine = false;
      line++;
      column = 0;
    }
    int first = in.read();
    column++;
    if (first < 0) {
      return END;
    }
    count();
    int c = first < 0x80 ? first : decode(first);
    newLine = c == '\n';
    return c;
  }

  /** Returns the next code point, which must be there. */
  int require(String inside) throws LispReadException, IOException {
    int c = next();
    if (c == END) {
      throw error("end of input " + inside);
    }
    return c;
  }

  /** Makes {@link #next} return {@code c}, the character it returned last, once more. */
  void unread(int c) {
    pushedBack = c;
  }

  /** Returns the exception for something wrong at the character read last. */
  LispReadException error(String what) {
    return new LispReadException(what, line, column);
  }

  private void count() throws LispReadException {
    bytes++;
    if (bytes > Limits.BYTES) {
      throw error("datum longer than " + Limits.BYTES + " bytes");
    }
  }

  /**
   * Decodes a sequence of two to four bytes as RFC 3629 has it: shortest form only, no surrogates,
   * nothing above U+10FFFF.
   */
  private int decode(int first) throws LispReadException, IOException {
    int more;
    int c;
    int least;
    if (first >= 0xc2 && first <= 0xdf) {
      more = 1;
      c = first & 0x1f;
      least = 0x80;
    } else if (first >= 0xe0 && first <= 0xef) {
      more = 2;
      c = first & 0x0f;
      least = 0x800;
    } else if (first >= 0xf0 && first <= 0xf4) {
      more = 3;
      c = first & 0x07;
      least = 0x10000;
    } else {
      throw error("invalid UTF-8");
    }
    for (; more > 0; more--) {
      int b = in.read();
      if (b < 0 || (b & 0xc0) != 0x80) {
        throw error("invalid UTF-8");
      }
      count();
      c = c << 6 | (b & 0x3f);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
      throw error("invalid UTF-8");
    }
    return c;
  }
}
