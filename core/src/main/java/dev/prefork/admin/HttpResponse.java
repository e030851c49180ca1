package dev.prefork.admin;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * An answer.
 *
 * @param status its code
 * @param type of the body
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
record HttpResponse(int status, String type, byte[] body) {
  static final String JSON = "application/json";
  static final String PLAIN = "text/plain; charset=utf-8";

  /**
   * Nothing may come from elsewhere, nothing goes elsewhere, and no other page may show or read
   * this one.
   */
  private static final String SECURITY =
      """
      Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
      img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
      frame-ancestors 'none'\r
      Cross-Origin-Resource-Policy: same-origin\r
      X-Content-Type-Options: nosniff\r
      X-Frame-Options: DENY\r
      Referrer-Policy: no-referrer\r
      Cache-Control: no-store\r
      """;

  /** A line for people and probes. */
  static HttpResponse text(int status, String line) {
    return of(status, PLAIN, line + "\n");
  }

  static HttpResponse of(int status, String type, String body) {
    return new HttpResponse(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes to send. */
  byte[] encode(boolean withBody) {
    byte[] head = head().getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + (withBody ? body.length : 0)];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, all.length - head.length);
    return all;
  }

  private String head() {
    return "HTTP/1.1 "
        + status
        + " "
        + reason()
        + "\r\nDate: "
        + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length
        + (status == 405 ? "\r\nAllow: GET, HEAD" : "")
        + "\r\nConnection: close\r\n"
        + SECURITY
        + "\r\n";
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 421 -> "Misdirected Request";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> throw new AssertionError("no reason for " + status); // cannot happen
    };
  }
}
