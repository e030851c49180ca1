package dev.prefork.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection: a head is read, an answer is sent, and that is all. */
final class HttpConversation {
  /** No client of these pages needs longer to send a few hundred bytes. */
  private static final long HEAD_NS = Duration.ofSeconds(5).toNanos();

  private static final int MAX_HEAD = 8 * 1024; // nginx and httpd allow as much
  private static final int MAX_REST = 64 * 1024;
  private static final long REST_NS = Duration.ofSeconds(1).toNanos();

  private final Socket socket;
  private final AdminPages pages;

  HttpConversation(Socket socket, AdminPages pages) {
    this.socket = socket;
    this.pages = pages;
  }

  void hold() throws IOException {
    boolean withBody = true;
    HttpResponse response;
    try {
      String head = readHead();
      if (head.isEmpty()) {
        return; // somebody only looked whether there is a listener
      }
      HttpRequest request = HttpRequest.parse(head);
      withBody = !request.isHead();
      response = pages.answer(request);
    } catch (HttpRefusal e) {
      response = e.response();
    }
    socket.getOutputStream().write(response.encode(withBody));
    socket.shutdownOutput();
    dropRest();
  }

  /** All up to the empty line; empty if the file ends before. */
  private String readHead() throws IOException, HttpRefusal {
    byte[] head = new byte[MAX_HEAD];
    long deadlineNs = System.nanoTime() + HEAD_NS;
    int length = 0;
    while (length < MAX_HEAD) {
      int count = read(head, length, deadlineNs);
      if (count < 0) {
        return "";
      }
      length += count;
      String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      int end = Math.max(text.indexOf("\r\n\r\n"), text.indexOf("\n\n"));
      if (end >= 0) {
        return text.substring(0, end);
      }
    }
    throw new HttpRefusal(431, "the request's head is longer than 8 KiB");
  }

  private int read(byte[] buffer, int at, long deadlineNs) throws IOException, HttpRefusal {
    try {
      return readUntil(buffer, at, deadlineNs);
    } catch (SocketTimeoutException e) {
      throw new HttpRefusal(408, "the request took longer than 5 s");
    }
  }

  private int readUntil(byte[] buffer, int at, long deadlineNs) throws IOException {
    long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    if (leftMs <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout((int) leftMs);
    InputStream in = socket.getInputStream();
    return in.read(buffer, at, buffer.length - at);
  }

  /** A socket closed with unread input is reset, and the answer may be lost. */
  private void dropRest() throws IOException {
    byte[] buffer = new byte[1024];
    long deadlineNs = System.nanoTime() + REST_NS;
    try {
      int count = 0;
      for (int all = 0; count >= 0 && all < MAX_REST; all += count) {
        count = readUntil(buffer, 0, deadlineNs);
      }
    } catch (SocketTimeoutException e) {
      return; // it has had its time
    }
  }
}
