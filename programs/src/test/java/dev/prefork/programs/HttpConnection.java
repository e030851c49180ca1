package dev.prefork.programs;

import dev.prefork.testing.Await;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection of HTTP/1.1, seen from the client. Waits for nothing longer than Await.BOUND. */
final class HttpConnection implements Client {
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_END = STATUS_AT + 3;

  private final Socket socket = new Socket();
  private final InputStream in;
  private int answers;
  private boolean answering;

  HttpConnection(InetSocketAddress address) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Await.BOUND.toMillis());
      socket.connect(address, (int) Await.BOUND.toMillis());
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The client's port: by it the connection is known in the kernel's tables. */
  int port() {
    return socket.getLocalPort();
  }

  /**
   * Whether the server may close it now with no harm: a request was answered on it before, and not
   * a byte of another answer has come. A client of HTTP then asks again on another connection (RFC
   * 9112, 9.3.1).
   */
  @Override
  public boolean isBetweenAnswers() {
    return answers > 0 && !answering;
  }

  @Override
  public Answer get(String path, boolean keep) throws IOException {
    write(head("GET", path, keep) + "\r\n");
    return answer(keep);
  }

  /** Sends a body in two halves, the second of them so much later; the last request of all. */
  Answer put(String path, String body, Duration pause) throws IOException, InterruptedException {
    int half = body.length() / 2;
    String length = "Content-Length: " + body.length() + "\r\n\r\n";
    write(head("PUT", path, false) + length + body.substring(0, half));
    Thread.sleep(pause);
    write(body.substring(half));
    return answer(false);
  }

  private static String head(String method, String path, boolean keep) {
    String close = keep ? "" : "Connection: close\r\n";
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + close;
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Answer answer(boolean keep) throws IOException {
    String status = readLine();
    boolean closing = !keep;
    boolean chunked = false;
    int length = -1;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String header = line.toLowerCase(Locale.ROOT).replace(" ", "");
      closing |= header.equals("connection:close");
      chunked |= header.equals("transfer-encoding:chunked");
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1));
      }
    }
    String body = chunked ? readChunks() : read(length);
    answering = false;
    answers++;
    return new Answer(
        Integer.parseInt(status.substring(STATUS_AT, STATUS_END)), body.strip(), closing);
  }

  private String readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    int size;
    do {
      size = Integer.parseInt(readLine(), 16);
      body.append(read(size));
      var _ = readLine();
    } while (size > 0);
    return body.toString();
  }

  private String read(int length) throws IOException {
    byte[] bytes = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed " + (answering ? "within an answer" : "before an answer"));
      }
      answering = true;
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
