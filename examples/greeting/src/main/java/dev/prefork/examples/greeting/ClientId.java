package dev.prefork.examples.greeting;

import dev.prefork.examples.greeting.lisp.LispReadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first line of the protocol. Bytes that are no UTF-8 become U+FFFD. */
final class ClientId {
  private static final int MAX_BYTES = 1024;
  private static final int USUAL_BYTES = 64;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;

  /**
   * Reads the line and its end, LF or CR LF.
   *
   * @throws LispReadException if it is longer than 1 KiB or the input ends first
   */
  void read(InputStream input) throws LispReadException, IOException {
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new LispReadException("end of file in the id, on the first line");
      }
      if (length == MAX_BYTES) {
        throw new LispReadException("an id of more than 1 KiB, on the first line");
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, MAX_BYTES);
      }
      bytes[length++] = (byte) next;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
  }

  /** The id, or as much of it as has come. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
