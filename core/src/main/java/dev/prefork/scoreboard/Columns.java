package dev.prefork.scoreboard;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;

/** Columns of a mapped file that are more than one number. */
final class Columns {
  private Columns() {}

  /** Writes a length and UTF-8, cut at a character's end to at most {@code maxBytes}. */
  static void putText(MappedByteBuffer memory, int at, String text, int maxBytes) {
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

  static void putCounters(ByteBuffer memory, int at, Counters counters) {
    memory.putLong(at + Layout.CONNECTIONS, counters.connections());
    memory.putLong(at + Layout.REQUESTS, counters.requests());
    memory.putLong(at + Layout.BYTES_IN, counters.bytesIn());
    memory.putLong(at + Layout.BYTES_OUT, counters.bytesOut());
    memory.putLong(at + Layout.ERRORS, counters.errors());
    memory.putLong(at + Layout.BUSY_NS, counters.busyNs());
  }

  static void putDurations(ByteBuffer memory, int at, Durations durations) {
    for (int i = 0; i < Durations.BUCKETS; i++) {
      memory.putLong(at + i * Long.BYTES, durations.count(i));
    }
  }

  static Durations durations(ByteBuffer memory, int at) {
    long[] counts = new long[Durations.BUCKETS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = memory.getLong(at + i * Long.BYTES);
    }
    return new Durations(counts);
  }

  static Counters counters(ByteBuffer memory, int at) {
    return new Counters(
        memory.getLong(at + Layout.CONNECTIONS),
        memory.getLong(at + Layout.REQUESTS),
        memory.getLong(at + Layout.BYTES_IN),
        memory.getLong(at + Layout.BYTES_OUT),
        memory.getLong(at + Layout.ERRORS),
        memory.getLong(at + Layout.BUSY_NS));
  }
}
