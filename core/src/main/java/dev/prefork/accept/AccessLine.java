package dev.prefork.accept;

import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import dev.prefork.json.JsonWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The lines of the access log, docs/LOGS.md. Text: {@code TIME PEER LABEL BYTES-IN BYTES-OUT
 * MILLISECONDS OUTCOME worker SLOT gen GENERATION pid PID}. Not for several threads at once.
 */
final class AccessLine {
  private final LogFormat format;
  private final WorkerIdentity worker;
  private final StringBuilder line = new StringBuilder(256);
  private final StringBuilder second = new StringBuilder();
  private long secondNumber = -1;

  AccessLine(LogFormat format, WorkerIdentity worker) {
    this.format = format;
    this.worker = worker;
  }

  /**
   * Writes a line, with its end; the buffer is good until the next.
   *
   * @param acceptedMs the wall clock when the connection was accepted
   * @param label what the application called it last; empty if nothing
   * @param durationUs from accept to close
   * @param outcome a word, or the status of an answer
   */
  StringBuilder write(
      long acceptedMs,
      String peer,
      String label,
      long received,
      long sent,
      long durationUs,
      String outcome) {
    line.setLength(0);
    if (format == LogFormat.JSON) {
      new JsonWriter(line)
          .beginObject()
          .field("time", time(acceptedMs))
          .field("peer", peer)
          .field("label", label)
          .field("bytes_in", received)
          .field("bytes_out", sent)
          .thousandths("duration_ms", durationUs)
          .field("outcome", outcome)
          .field("slot", worker.slot())
          .field("generation", worker.generation())
          .field("pid", worker.pid())
          .endObject();
    } else {
      line.append(time(acceptedMs)).append(' ').append(peer).append(' ');
      if (label.isEmpty()) {
        line.append('-');
      } else {
        JsonWriter.appendString(line, label);
      }
      line.append(' ').append(received).append(' ').append(sent).append(' ');
      JsonWriter.appendThousandths(line, durationUs);
      line.append(' ').append(outcome).append(' ').append(worker);
    }
    return line.append('\n');
  }

  /** {@code 2026-01-31T12:34:56.789Z}: by hand, as it is most of a line's cost otherwise. */
  private String time(long epochMs) {
    long number = Math.floorDiv(epochMs, 1_000);
    if (number != secondNumber) {
      secondNumber = number;
      LocalDateTime time = LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC);
      second.setLength(0);
      second.append(time.getYear());
      twoDigits('-', time.getMonthValue());
      twoDigits('-', time.getDayOfMonth());
      twoDigits('T', time.getHour());
      twoDigits(':', time.getMinute());
      twoDigits(':', time.getSecond());
      second.append('.');
    }
    int millis = (int) Math.floorMod(epochMs, 1_000L);
    int length = second.length();
    second.append((char) ('0' + millis / 100));
    second.append((char) ('0' + millis / 10 % 10));
    second.append((char) ('0' + millis % 10)).append('Z');
    String time = second.toString();
    second.setLength(length);
    return time;
  }

  private void twoDigits(char before, int number) {
    second.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
