package dev.prefork.worker;

import dev.prefork.ExitStatus;

/** Why a worker can't get ready; its supervisor is told the message. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  StartFailure(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  ExitStatus status() {
    return status;
  }
}
