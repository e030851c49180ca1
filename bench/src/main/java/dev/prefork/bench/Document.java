package dev.prefork.bench;

import java.nio.charset.StandardCharsets;

/** One document of a corpus, and how to know its text. */
final class Document {
  private final DocumentKind kind;
  private final byte[] bytes;
  private final String end;

  /**
   * Of bytes that nobody changes.
   *
   * @param end what its text ends with; nothing is expected of poison
   */
  Document(DocumentKind kind, byte[] bytes, String end) {
    this.kind = kind;
    this.bytes = bytes;
    this.end = end;
  }

  DocumentKind kind() {
    return kind;
  }

  /** As HTTP puts it: the answer ends the connection. */
  byte[] request() {
    String head =
        "PUT /tika HTTP/1.0\r\nAccept: text/plain\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    byte[] request = new byte[head.length() + bytes.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
    System.arraycopy(bytes, 0, request, head.length(), bytes.length);
    return request;
  }

  /** Whether the server says that it takes no document now (RFC 9110, 15.6.4). */
  static boolean isTurnedAway(byte[] answer) {
    return new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 503 ");
  }

  /** Sorts what came until the end of the connection. */
  Outcome outcomeOf(byte[] answer) {
    if (answer.length == 0) {
      return Outcome.EMPTY;
    }
    String text = new String(answer, StandardCharsets.UTF_8);
    boolean extracted = text.startsWith("HTTP/1.1 200 ") && text.stripTrailing().endsWith(end);
    return extracted ? Outcome.OK : Outcome.WRONG;
  }
}
