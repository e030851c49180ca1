package dev.prefork;

/**
 * What could not be done, to what, why, and the next step: a message for people, never a stack
 * trace.
 */
public final class PreforkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  /**
   * Makes the exception.
   *
   * @param status the exit code it stands for
   * @param message one line, or one for each of several mistakes
   */
  public PreforkException(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** The exit code it stands for. */
  public ExitStatus status() {
    return status;
  }
}
