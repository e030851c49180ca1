package dev.prefork;

/**
 * Exit codes, the same for the command, the supervisor and the workers; from BSD's sysexits(3).
 * Besides these a worker may end with the JVM's own: 1 (could not start), 3 (out of heap), 134 or
 * SIGABRT (crash), 143 (TERM).
 */
public enum ExitStatus {
  /** Stopped as asked. */
  OK(0),
  /** The command line is wrong. */
  USAGE(64),
  /** A listener is not to be had. */
  UNAVAILABLE(69),
  /** An internal error, or the start budget is spent. */
  FAILED(70),
  /** Not now; the same again may work later. */
  TRY_AGAIN(75),
  /** The configuration or the application is wrong: starting it again cannot help. */
  CONFIGURATION(78);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number that exit(3) takes. */
  public int code() {
    return code;
  }
}
