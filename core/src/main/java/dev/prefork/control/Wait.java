package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Units;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A command that waits: how long it has taken, how long it may take, and the words for that. */
final class Wait {
  /** As long as a worker's start may take by default. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final long startNs = System.nanoTime();
  private final Duration timeout;

  Wait(Duration timeout) {
    this.timeout = timeout;
  }

  long deadlineNs() {
    return startNs + timeout.toNanos();
  }

  long elapsedMs() {
    return (System.nanoTime() - startNs) / 1_000_000;
  }

  /** {@code in 0.4s}, {@code in 40ms}. */
  String elapsed() {
    return "in " + elapsedTime();
  }

  /** {@code after 30s}; what it has really taken if it was given up before its time. */
  String late() {
    boolean full = elapsedMs() >= timeout.toMillis();
    return "after " + (full ? Units.format(timeout) : elapsedTime());
  }

  private String elapsedTime() {
    long ms = elapsedMs();
    return ms < 100 ? ms + "ms" : String.format(Locale.ROOT, "%.1fs", ms / 1000.0);
  }

  /** Refuses a command that a server which is about to end can't obey. */
  static void requireRunning(Controlled server) {
    Phase phase = server.status().phase();
    if (phase == Phase.DRAINING || phase == Phase.STOPPED) {
      throw new PreforkException(ExitStatus.TRY_AGAIN, "the server is stopping");
    }
  }

  static boolean isReady(WorkerStatus worker) {
    return worker.life() == SlotLife.READY || worker.life() == SlotLife.SPARE;
  }

  /** {@code worker 3 gen 2 pid 4711 is draining}; {@code slot 3 is empty} without one. */
  static String describe(WorkerStatus worker) {
    String life = worker.life().name().toLowerCase(Locale.ROOT);
    return switch (worker.life()) {
      case STARTING, SPARE, READY, DRAINING, KILLED -> worker.identity() + " is " + life;
      case BACKOFF -> "slot " + worker.slot() + " waits before the next start";
      case FAILED -> "slot " + worker.slot() + " has failed and is not started again";
      case EMPTY -> "slot " + worker.slot() + " is empty";
    };
  }

  /** The slot, if it holds a worker or waits for one. */
  static Optional<WorkerStatus> slot(ServerStatus status, int slot) {
    return status.workers().stream().filter(worker -> worker.slot() == slot).findFirst();
  }
}
