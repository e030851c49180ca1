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
import java.util.regex.Pattern;

/**
 * Asks a program whether it is ready, by a request over a connection that nobody else can make: the
 * gate is still closed, and the program listens to its own worker alone.
 */
final class ReadyProbe implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_STATUS_LINE = 200;
  private static final int NOT_YET = -1;
  private static final Pattern GOOD = Pattern.compile("HTTP/1\\.[01] [23]\\d\\d\\b.*");

  private final String request;
  private final String host;
  private final SharedListeners listeners;
  private final StartProgress progress;
  private final Runnable ready;

  /**
   * Prepares to ask.
   *
   * @param path of the GET
   * @param host the address that the request is for
   */
  ReadyProbe(
      String path, String host, SharedListeners listeners, StartProgress progress, Runnable ready) {
    this.request = "GET " + path;
    this.host = host;
    this.listeners = listeners;
    this.progress = progress;
    this.ready = ready;
  }

  /** Asks until the answer is good; the supervisor's start timeout is the bound. */
  @Override
  public void run() {
    try {
      while (!isReady()) {
        Thread.sleep(PAUSE);
      }
      ready.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReady() {
    SocketAddress address = listeners.quietAddress();
    if (address == null) {
      return false; // the program has closed what it listened on, and may bind it again
    }
    try {
      String status = ask(address);
      progress.lacks(request + " answers \"" + status + "\"");
      return GOOD.matcher(status).matches();
    } catch (IOException e) {
      progress.lacks(request + ": " + e.getMessage());
      return false;
    }
  }

  private String ask(SocketAddress address) throws IOException {
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
}
