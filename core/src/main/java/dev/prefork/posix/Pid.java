package dev.prefork.posix;

/**
 * A process id. Always positive: to kill(2) and waitpid(2) zero and negative numbers mean process
 * groups, and -1 means everybody.
 *
 * @param value at least 1
 */
public record Pid(int value) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if {@code value} is not positive
   */
  public Pid {
    if (value <= 0) {
      throw new IllegalArgumentException("a process id must be positive, not " + value);
    }
  }

  /** This process. */
  public static Pid self() {
    return new Pid(Math.toIntExact(ProcessHandle.current().pid()));
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
