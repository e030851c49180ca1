package dev.prefork.bench;

import java.nio.charset.StandardCharsets;

/**
 * The head of an answer over HTTP/1.1, as far as a load generator must know it. Pure.
 *
 * @param status such as 200
 * @param length of the body; -1 if no Content-Length tells it
 * @param closes whether the server says that it closes the connection
 */
record HttpHead(int status, int length, boolean closes) {
  /** Of what can't be read: an answer with it is never the expected one. */
  static final HttpHead NONSENSE = new HttpHead(0, -1, true);

  private static final String STATUS_LINE = "HTTP/1.1 ";
  private static final int STATUS_DIGITS = 3;

  /**
   * Looks for the empty line.
   *
   * @param bytes what has come
   * @param from nothing before it needs to be looked at again
   * @param to how much has come
   * @return how long the head is with its empty line; -1 if that has not come yet
   */
  static int end(byte[] bytes, int from, int to) {
    for (int i = Math.max(from, 3); i < to; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** Reads the first {@code length} bytes: a status line and fields. */
  static HttpHead parse(byte[] bytes, int length) {
    if (length < STATUS_LINE.length() + STATUS_DIGITS || !startsWith(bytes, 0, STATUS_LINE)) {
      return NONSENSE;
    }
    int status = number(bytes, STATUS_LINE.length(), STATUS_LINE.length() + STATUS_DIGITS);
    int bodyLength = -1;
    boolean closes = false;
    int line = endOfLine(bytes, 0, length);
    while (line < length) {
      int end = endOfLine(bytes, line, length);
      if (startsWith(bytes, line, "content-length:")) {
        bodyLength = number(bytes, line + "content-length:".length(), end);
      } else if (startsWith(bytes, line, "connection:")) {
        String value = new String(bytes, line, end - line, StandardCharsets.ISO_8859_1);
        closes = value.regionMatches(true, "connection:".length(), " close", 0, " close".length());
      }
      line = end;
    }
    return new HttpHead(status, bodyLength, closes);
  }

  private static int endOfLine(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  /** Names of fields may be written in any case. */
  private static boolean startsWith(byte[] bytes, int from, String text) {
    if (from + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.toLowerCase((char) bytes[from + i]) != Character.toLowerCase(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The digits in a part of a line; -1 if there are none, or more than an answer here can have. */
  private static int number(byte[] bytes, int from, int to) {
    int value = -1;
    for (int i = from; i < to; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        value = Math.max(value, 0) * 10 + bytes[i] - '0';
        if (value > 1 << 24) {
          return -1;
        }
      }
    }
    return value;
  }
}
