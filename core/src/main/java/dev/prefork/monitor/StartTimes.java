package dev.prefork.monitor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.SlotReading;
import java.util.HashSet;
import java.util.Set;

/** Collects how long workers took from spawn to ready. Writes on one thread alone. */
final class StartTimes {
  private final Scoreboard scoreboard;
  private Set<Long> known = new HashSet<>();
  private volatile Timings collected = Timings.NONE;

  StartTimes(Scoreboard scoreboard) {
    this.scoreboard = scoreboard;
  }

  /** Looks for workers that have become ready; one that was so for less than a look is missed. */
  void look(ServerStatus status) {
    Set<Long> next = new HashSet<>();
    for (WorkerStatus worker : status.workers()) {
      if (known.contains(worker.pid()) || collect(worker)) {
        next.add(worker.pid());
      }
    }
    known = next;
  }

  private boolean collect(WorkerStatus worker) {
    SlotReading slot = scoreboard.read(worker.slot());
    if (slot.pid() != worker.pid() || slot.readyNs() == 0) {
      return false;
    }
    collected = collected.with(slot.readyNs() - slot.spawnedNs());
    return true;
  }

  /** Those seen so far, from any thread. */
  Timings all() {
    return collected;
  }
}
