package dev.prefork.adopt;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A request over a connection that nobody else can make: the gate is still closed, and the program
 * listens to its own worker alone.
 */
final class PrivateRequest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_STATUS_LINE = 200;
  private static final int NOT_YET = -1;

  private final String request;
  private final String host;

  /**
   * Says what is to be asked.
   *
   * @param path of the GET
   * @param host the address that the request is for
   */
  PrivateRequest(String path, String host) {
    this.request = "GET " + path;
    this.host = host;
  }

  /**
   * Asks, and returns the first line of the answer.
   *
   * @param address where the program listens to its own worker
   * @throws IOException if none comes within 5 s
   */
  String ask(SocketAddress address) throws IOException {
    String head =
        request
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUser-Agent: prefork\r\n"
            + "Connection: close\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(address)) {
      var _ = channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      return firstLine(channel);
    }
  }

  private static String firstLine(SocketChannel channel) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(MAX_STATUS_LINE);
    long untilNs = System.nanoTime() + PATIENCE.toNanos();
    int end = NOT_YET;
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      var _ = channel.register(selector, SelectionKey.OP_READ);
      while (end == NOT_YET) {
        long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          throw new SocketTimeoutException("no answer within " + PATIENCE.toSeconds() + " s");
        }
        var _ = selector.select(leftMs);
        selector.selectedKeys().clear();
        boolean more = channel.read(line) >= 0 && line.hasRemaining();
        end = endOfLine(line, more);
      }
    }
    return new String(line.array(), 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Where a control character ends the line; or where it is cut, if no more comes. */
  private static int endOfLine(ByteBuffer line, boolean more) {
    for (int i = 0; i < line.position(); i++) {
      if (line.get(i) >= 0 && line.get(i) < ' ') {
        return i;
      }
    }
    return more ? NOT_YET : line.position();
  }

  /** Without the host. */
  @Override
  public String toString() {
    return request;
  }
}
