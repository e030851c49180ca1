package dev.prefork.scoreboard;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;

/** Columns of a mapped file that are more than one number. */
final class Columns {
  private Columns() {}

  /** Writes a length and UTF-8, cut at a character's end to at most {@code maxBytes}. */
  static void putText(MappedByteBuffer memory, int at, String text, int maxBytes) {
    if (text.isEmpty()) { // as the label of a connection is when it begins
      memory.putInt(at, 0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, maxBytes);
    while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
      length--;
    }
    memory.putInt(at, length);
    memory.put(at + Integer.BYTES, bytes, 0, length);
  }

  static String text(MappedByteBuffer memory, int at, int maxBytes) {
    return new String(bytes(memory, at, maxBytes), StandardCharsets.UTF_8);
  }

  /** The bytes behind a length; a length that a worker has spoilt is brought within bounds. */
  static byte[] bytes(MappedByteBuffer memory, int at, int maxBytes) {
    byte[] bytes = new byte[Math.clamp(memory.getInt(at), 0, maxBytes)];
    memory.get(at + Integer.BYTES, bytes);
    return bytes;
  }

  /** Adds columns that stand side by side to their sums. */
  static void addAll(ByteBuffer memory, int at, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += memory.getLong(at + i * Long.BYTES);
    }
  }

  static void putAll(ByteBuffer memory, int at, long[] values) {
    for (int i = 0; i < values.length; i++) {
      memory.putLong(at + i * Long.BYTES, values[i]);
    }
  }

  static void putAll(ByteBuffer memory, int at, Counters counters) {
    putAll(
        memory,
        at,
        new long[] {
          counters.connections(),
          counters.requests(),
          counters.bytesIn(),
          counters.bytesOut(),
          counters.errors(),
          counters.busyNs()
        });
  }

  private static Counters counters(long[] columns) {
    return new Counters(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
  }

  static Counters counters(ByteBuffer memory, int at) {
    long[] columns = new long[Layout.COUNTERS];
    addAll(memory, at, columns);
    return counters(columns);
  }
}
