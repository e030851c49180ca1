package dev.prefork;

import java.io.InterruptedIOException;

/** Thrown by a read of a connection whose deadline has passed; an answer can still be sent. */
public final class ConnectionTimeoutException extends InterruptedIOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which deadline passed
   */
  public ConnectionTimeoutException(String message) {
    super(message);
  }
}
