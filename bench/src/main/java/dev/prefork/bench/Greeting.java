package dev.prefork.bench;

import java.nio.charset.StandardCharsets;

/** The one request of the load, and the one answer that is right. */
final class Greeting {
  private static final byte[] REQUEST = ascii("bob\n(hello \"w\" 1/2 foo) \n");
  private static final byte[] BEFORE_PID = ascii("Hello bob, this is PID ");
  private static final byte[] AFTER_PID = ascii("\n(HELLO \"w\" 1/2 FOO)");
  private static final int MOST_DIGITS = 10;

  private Greeting() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  static byte[] request() {
    return REQUEST.clone();
  }

  /** The answer of a process. */
  static byte[] answer(long pid) {
    return ascii(text(BEFORE_PID) + pid + text(AFTER_PID));
  }

  /**
   * The process that answered.
   *
   * @param answer its first {@code length} bytes are all that came
   * @return its pid, or 0 if this is not the expected answer
   */
  static long pidOf(byte[] answer, int length) {
    int digits = length - BEFORE_PID.length - AFTER_PID.length;
    if (digits < 1
        || digits > MOST_DIGITS
        || !matches(answer, 0, BEFORE_PID)
        || !matches(answer, length - AFTER_PID.length, AFTER_PID)) {
      return 0;
    }
    long pid = 0;
    for (int i = BEFORE_PID.length; i < BEFORE_PID.length + digits; i++) {
      int digit = answer[i] - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      pid = 10 * pid + digit;
    }
    return pid;
  }

  private static boolean matches(byte[] answer, int from, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (answer[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
