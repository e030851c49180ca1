package dev.prefork.posix;

/** The signals that Prefork sends or handles, with their numbers on Linux (signal(7)). */
public enum Signum {
  /** Hang-up. */
  HUP(1),
  /** Interrupt from the terminal. */
  INT(2),
  /** Prints a JVM's threads, or lets somebody attach to it. */
  QUIT(3),
  /** Kill: cannot be handled. */
  KILL(9),
  /** User-defined. */
  USR1(10),
  /** User-defined; HotSpot suspends threads with it unless {@code _JAVA_SR_SIGNUM} is set. */
  USR2(12),
  /** Termination. */
  TERM(15),
  /** A child stopped or ended. */
  CHLD(17),
  /** Terminal input by a background process. */
  TTIN(21),
  /** Terminal output by a background process. */
  TTOU(22),
  /** The window was resized. */
  WINCH(28);

  private final int number;

  Signum(int number) {
    this.number = number;
  }

  /** The number that kill(2) takes. */
  public int number() {
    return number;
  }

  /**
   * The name of signal {@code number} with its SIG prefix, or {@code signal N} for one we never
   * use.
   */
  public static String nameOf(int number) {
    return switch (number) {
      case 4 -> "SIGILL";
      case 6 -> "SIGABRT";
      case 7 -> "SIGBUS";
      case 8 -> "SIGFPE";
      case 11 -> "SIGSEGV";
      case 13 -> "SIGPIPE";
      case 14 -> "SIGALRM";
      default -> {
        for (Signum signum : values()) {
          if (signum.number == number) {
            yield "SIG" + signum.name();
          }
        }
        yield "signal " + number;
      }
    };
  }
}
