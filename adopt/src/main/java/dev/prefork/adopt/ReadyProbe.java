package dev.prefork.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
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
    InetSocketAddress address = listeners.quietAddress();
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

  private String ask(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      int patienceMs = Math.toIntExact(PATIENCE.toMillis());
      socket.connect(address, patienceMs);
      socket.setSoTimeout(patienceMs);
      String head =
          request
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nUser-Agent: prefork\r\n"
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return firstLine(socket.getInputStream());
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= ' ' && line.length() < MAX_STATUS_LINE) {
      line.append((char) next);
      next = in.read();
    }
    return line.toString();
  }
}
