package dev.prefork.posix;

/** How a process ended, decoded from waitpid(2). */
public sealed interface WaitStatus {
  /**
   * It ended by itself.
   *
   * @param code 0 to 255
   */
  record Exited(int code) implements WaitStatus {
    @Override
    public String toString() {
      return "exited with " + code;
    }
  }

  /**
   * A signal ended it.
   *
   * @param signal the signal's number
   * @param coreDumped whether the kernel wrote a core file
   */
  record Signaled(int signal, boolean coreDumped) implements WaitStatus {
    @Override
    public String toString() {
      return "killed by " + Signum.nameOf(signal) + (coreDumped ? " (core dumped)" : "");
    }
  }

  /** Somebody else collected the status (ECHILD): it is gone, nobody here knows how. */
  record Unknown() implements WaitStatus {
    @Override
    public String toString() {
      return "ended, status unknown (somebody else collected it)";
    }
  }

  /** Decodes the status word of waitpid(2), as the macros WIFEXITED and WTERMSIG do. */
  static WaitStatus of(int word) {
    int signal = word & 0x7f;
    return signal == 0 ? new Exited((word >> 8) & 0xff) : new Signaled(signal, (word & 0x80) != 0);
  }
}
