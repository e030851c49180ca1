package dev.prefork.adopt;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks a program whether it is ready, by a request over a connection that nobody else can make. */
final class ReadyProbe implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Pattern GOOD = Pattern.compile("HTTP/1\\.[01] [23]\\d\\d\\b.*");

  private final PrivateRequest request;
  private final SharedListeners listeners;
  private final StartProgress progress;
  private final Runnable ready;

  /**
   * Prepares to ask.
   *
   * @param request of it
   */
  ReadyProbe(
      PrivateRequest request, SharedListeners listeners, StartProgress progress, Runnable ready) {
    this.request = request;
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
      String status = request.ask(address);
      progress.lacks(request + " answers \"" + status + "\"");
      return GOOD.matcher(status).matches();
    } catch (IOException e) {
      progress.lacks(request + ": " + e.getMessage());
      return false;
    }
  }
}
