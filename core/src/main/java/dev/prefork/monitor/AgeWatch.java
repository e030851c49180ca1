package dev.prefork.monitor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.config.Units;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.SlotReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Finds workers that are too old or too large. */
final class AgeWatch {
  /** So many readings in a row: a peak that the next collection takes back is no leak. */
  private static final int TOO_LARGE_IN_A_ROW = 3;

  private static final class Known {
    final long maxAgeNs;
    long memoryReadNs;
    int tooLarge;

    Known(long maxAgeNs) {
      this.maxAgeNs = maxAgeNs;
    }
  }

  private final Scoreboard scoreboard;
  private final Limits limits;
  private final Consequences consequences;
  private final DoubleSupplier chance;
  private Map<Long, Known> byPid = new HashMap<>();

  AgeWatch(Scoreboard scoreboard, Limits limits, Consequences consequences, DoubleSupplier chance) {
    this.scoreboard = scoreboard;
    this.limits = limits;
    this.consequences = consequences;
    this.chance = chance;
  }

  /** To be called once a second, after the workers' memory has been read. */
  void look(ServerStatus status, long nowNs) {
    if (limits.maxAge().isEmpty() && limits.maxMemory().isEmpty()) {
      return;
    }
    Map<Long, Known> living = new HashMap<>();
    for (WorkerStatus worker : status.workers()) {
      boolean serves = worker.life() == SlotLife.READY || worker.life() == SlotLife.SPARE;
      SlotReading reading = scoreboard.read(worker.slot());
      if (serves && reading.pid() == worker.pid()) {
        Known known = byPid.getOrDefault(worker.pid(), new Known(maxAgeNs()));
        living.put(worker.pid(), known);
        look(worker, reading, known, nowNs);
      }
    }
    byPid = living;
  }

  /** The limit and up to a tenth more, so that workers which started together don't go together. */
  private long maxAgeNs() {
    return limits
        .maxAge()
        .map(age -> (long) (age.toNanos() * (1 + chance.getAsDouble() / 10)))
        .orElse(Long.MAX_VALUE);
  }

  private void look(WorkerStatus worker, SlotReading reading, Known known, long nowNs) {
    long ageNs = nowNs - reading.spawnedNs();
    if (ageNs >= known.maxAgeNs) {
      consequences.recycle(
          worker.identity(),
          "it is " + Units.format(Duration.ofSeconds(ageNs / 1_000_000_000)) + " old");
    }
    if (reading.memoryReadNs() != known.memoryReadNs) {
      known.memoryReadNs = reading.memoryReadNs();
      long bytes = size(reading);
      boolean large = limits.maxMemory().filter(most -> bytes > most).isPresent();
      known.tooLarge = large ? known.tooLarge + 1 : 0;
      if (known.tooLarge >= TOO_LARGE_IN_A_ROW) {
        consequences.recycle(
            worker.identity(),
            "it keeps " + (bytes >> 20) + " MiB, " + TOO_LARGE_IN_A_ROW + " readings in a row");
      }
    }
  }

  /**
   * Its own memory and its part of what it shares; the resident size where that is small enough.
   */
  private long size(SlotReading reading) {
    boolean exact =
        reading.proportionalBytes() > 0
            && limits.maxMemory().filter(most -> reading.residentBytes() > most).isPresent();
    return exact ? reading.proportionalBytes() : reading.residentBytes();
  }
}
