package dev.prefork.supervisor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.SlotReading;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the supervisor's columns of the scoreboard: what has changed since the last time. */
final class ScoreKeeper {
  private final Scoreboard scoreboard;
  private final Map<Long, SlotReading> last = new HashMap<>();
  private WorkerStatus[] written = {};

  ScoreKeeper(Scoreboard scoreboard) {
    this.scoreboard = scoreboard;
  }

  void write(ServerStatus status, long nowNs) {
    last.clear();
    scoreboard.wanted(status.wanted());
    WorkerStatus[] current = new WorkerStatus[slots(status)];
    for (WorkerStatus worker : status.workers()) {
      current[worker.slot()] = worker;
    }
    for (int slot = 0; slot < current.length; slot++) {
      WorkerStatus now = current[slot] == null ? empty(slot) : current[slot];
      WorkerStatus before = slot < written.length ? written[slot] : empty(slot);
      if (!now.equals(before)) {
        write(before, now, nowNs);
      }
      current[slot] = now;
    }
    written = current;
  }

  /** What a worker was doing that has ended since the last time; null if it held no slot. */
  @Nullable SlotReading lastOf(long pid) {
    return last.get(pid);
  }

  /** Whether the worker of a slot serves a request; after its end, whether it did then. */
  boolean isServing(int slot) {
    return scoreboard.read(slot).busy() > 0;
  }

  private int slots(ServerStatus status) {
    int slots = written.length;
    for (WorkerStatus worker : status.workers()) {
      slots = Math.max(slots, worker.slot() + 1);
    }
    return slots;
  }

  private static WorkerStatus empty(int slot) {
    return new WorkerStatus(slot, 0, 0, SlotLife.EMPTY);
  }

  private void write(WorkerStatus before, WorkerStatus now, long nowNs) {
    int slot = now.slot();
    if (before.pid() != 0 && before.pid() != now.pid()) {
      last.put(before.pid(), scoreboard.read(slot));
      scoreboard.ended(slot);
    }
    if (now.pid() != 0 && before.pid() != now.pid()) {
      scoreboard.spawned(slot, now.generation(), (int) now.pid(), nowNs);
    }
    if (now.life() == SlotLife.READY && before.life() != SlotLife.READY) {
      scoreboard.ready(slot, nowNs);
    }
    scoreboard.life(slot, now.life());
  }
}
