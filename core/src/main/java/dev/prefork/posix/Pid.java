package dev.prefork.posix;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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

  /** This process, from /proc/self/stat: {@link ProcessHandle} would start a thread pool for it. */
  public static Pid self() {
    try (InputStream stat = new FileInputStream("/proc/self/stat")) {
      int pid = 0;
      for (int digit = stat.read(); digit != ' '; digit = stat.read()) {
        pid = 10 * pid + digit - '0';
      }
      return new Pid(pid);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read our process id; is /proc mounted?", e);
    }
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
