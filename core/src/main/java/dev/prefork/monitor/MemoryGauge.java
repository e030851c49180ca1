package dev.prefork.monitor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads how much memory each worker needs, from proc(5), and enters it in the scoreboard. One
 * thread's alone.
 */
final class MemoryGauge {
  /** A reading takes the kernel 20 µs: 200 workers cost 0.04 % of a core. */
  private static final long EVERY_NS = Duration.ofSeconds(10).toNanos();

  private static final int FILE_SIZE = 4096; // both files have about 1,500 bytes

  private final Path proc;
  private final Scoreboard scoreboard;
  private final long proportionalFromBytes;
  private final byte[] buffer = new byte[FILE_SIZE];
  private Map<Long, Long> dueNs = new HashMap<>();

  MemoryGauge(Path proc, Scoreboard scoreboard, long proportionalFromBytes) {
    this.proc = proc;
    this.scoreboard = scoreboard;
    this.proportionalFromBytes = proportionalFromBytes;
  }

  /** Reads those that are due: a new worker at once, then each after ten seconds. */
  void read(ServerStatus status, long nowNs) {
    Map<Long, Long> next = new HashMap<>();
    for (WorkerStatus worker : status.workers()) {
      if (worker.pid() == 0) {
        continue;
      }
      Long due = dueNs.get(worker.pid());
      if (due == null || due - nowNs <= 0) {
        read(worker, nowNs);
        due = nowNs + EVERY_NS;
      }
      next.put(worker.pid(), due);
    }
    dueNs = next;
  }

  private void read(WorkerStatus worker, long nowNs) {
    Path process = proc.resolve(Long.toString(worker.pid()));
    long resident = bytes(process.resolve("status"), "\nVmRSS:");
    long proportional =
        resident >= proportionalFromBytes ? bytes(process.resolve("smaps_rollup"), "\nPss:") : 0;
    if (resident > 0) {
      scoreboard.memory(worker.slot(), resident, proportional, nowNs);
    }
  }

  /** The number of kB behind a title, in bytes; 0 if the process is gone or a zombie. */
  private long bytes(Path file, String title) {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      int at = text.indexOf(title);
      return at < 0 ? 0 : number(text, at + title.length()) * 1024;
    } catch (IOException e) {
      return 0; // it has ended, or belongs to another user
    }
  }

  private static long number(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    long number = 0;
    for (; at < text.length() && Character.isDigit(text.charAt(at)); at++) {
      number = number * 10 + Character.digit(text.charAt(at), 10);
    }
    return number;
  }
}
