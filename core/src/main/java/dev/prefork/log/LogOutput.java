package dev.prefork.log;

import java.io.PrintStream;

/** Where the lines of the log go. */
public interface LogOutput {
  /** Writes a line; what can't be written is the output's own affair. */
  void write(String line);

  /** Opens the file anew, if it is one. */
  void reopen();

  /**
   * A stream that somebody else opened, as standard error.
   *
   * @param stream theirs
   */
  record Stream(PrintStream stream) implements LogOutput {
    @Override
    public void write(String line) {
      stream.println(line);
    }

    @Override
    public void reopen() {} // whoever opened it has to
  }
}
