package dev.prefork.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;

/** What became of one connection. */
enum Outcome {
  /** The expected answer, then end of file. */
  OK,
  /** Nobody listens. */
  REFUSED,
  /** Cut by the server's side. */
  RESET,
  /** No end within the time a connection is given. */
  TIMEOUT,
  /** End of file without an answer. */
  EMPTY,
  /** An answer, but not the expected one. */
  WRONG;

  /**
   * Sorts a failure.
   *
   * @return empty if it is this side's own: no descriptor or no port left, say
   */
  static Optional<Outcome> of(IOException failure) {
    if (failure instanceof ClosedChannelException) {
      return Optional.of(TIMEOUT); // closed by the watch, no one else does
    }
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("Connection reset") || reason.contains("Broken pipe")) {
      return Optional.of(RESET);
    }
    if (reason.contains("timed out")) {
      return Optional.of(TIMEOUT);
    }
    return failure instanceof ConnectException && reason.contains("refused")
        ? Optional.of(REFUSED)
        : Optional.empty();
  }

  /** As result lines name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
