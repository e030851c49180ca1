package dev.prefork.war;

/** What starting again can't mend; its message is for the user. */
final class WarException extends Exception {
  private static final long serialVersionUID = 1L;

  WarException(String message) {
    super(message);
  }
}
