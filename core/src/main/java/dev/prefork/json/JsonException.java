package dev.prefork.json;

/** Says where a text stops being JSON, and why. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line: {@code a name must be a string at column 3}
   */
  public JsonException(String message) {
    super(message);
  }
}
