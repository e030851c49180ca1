package dev.prefork.supervisor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines of UTF-8. A line of more than 8 KiB is passed on in pieces,
 * none of which ends within a character.
 */
public final class LineBuffer {
  private static final int MAX_LINE = 8 * 1024;
  private static final int LONGEST_CHARACTER = 4;

  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private final Consumer<String> lines;

  /** Passes each line on, without its end. */
  public LineBuffer(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes the first {@code count} bytes. */
  public void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        pass();
      } else {
        if (isFullBefore(bytes[i])) {
          pass();
        }
        unfinished.write(bytes[i]);
      }
    }
  }

  /** Bytes that continue a character still fit, unless they are junk without an end. */
  private boolean isFullBefore(byte next) {
    boolean continues = (next & 0xc0) == 0x80;
    return unfinished.size() >= MAX_LINE + (continues ? LONGEST_CHARACTER : 0);
  }

  /** Passes on a last line that has no end. */
  public void end() {
    if (unfinished.size() > 0) {
      pass();
    }
  }

  private void pass() {
    String line = unfinished.toString(StandardCharsets.UTF_8);
    unfinished.reset();
    lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
