package dev.prefork.supervisor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines of UTF-8. A line of more than 8 KiB is passed on in pieces. */
final class LineBuffer {
  private static final int MAX_LINE = 8 * 1024;

  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private final Consumer<String> lines;

  LineBuffer(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        pass();
      } else {
        if (unfinished.size() == MAX_LINE) {
          pass();
        }
        unfinished.write(bytes[i]);
      }
    }
  }

  /** Passes on a last line that has no end. */
  void end() {
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
