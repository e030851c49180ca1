package dev.prefork.examples.greeting.lisp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads and prints, as the tests ask for it. */
final class Lisp {
  /** What {@link #answer} returns for a read error. */
  static final String ERROR = "ERROR";

  private Lisp() {}

  /** Returns the printed form of what {@code input} begins with. */
  static String echo(String input) throws LispReadException {
    return echo(input.getBytes(StandardCharsets.UTF_8));
  }

  static String echo(byte[] input) throws LispReadException {
    try {
      return LispPrinter.print(new LispReader(new ByteArrayInputStream(input)).read());
    } catch (IOException e) {
      throw new AssertionError("no input to fail", e);
    }
  }

  /** Returns the printed form, or {@link #ERROR}. */
  static String answer(String input) {
    try {
      return echo(input);
    } catch (LispReadException e) {
      return ERROR;
    }
  }
}
