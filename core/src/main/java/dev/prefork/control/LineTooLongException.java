package dev.prefork.control;

import java.io.IOException;

/** Says that a peer's line is longer than it may be. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  LineTooLongException(int most) {
    super("a line may have at most " + most + " bytes");
  }
}
