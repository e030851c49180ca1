package dev.prefork.supervisor;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.posix.Pid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of one server, in their order. Once made, a slot stays. */
final class Slots implements Iterable<Slot> {
  private final List<Slot> all = new ArrayList<>();

  @Override
  public Iterator<Slot> iterator() {
    return all.iterator();
  }

  Slot get(int index) {
    return all.get(index);
  }

  void growTo(int count) {
    while (all.size() < count) {
      all.add(new Slot(all.size()));
    }
  }

  /** The slot that holds this process, or null. */
  @Nullable Slot find(Pid pid) {
    for (Slot slot : all) {
      if (pid.equals(slot.pid)) {
        return slot;
      }
    }
    return null;
  }

  long count(SlotLife life) {
    return all.stream().filter(slot -> slot.life == life).count();
  }

  boolean holdNoProcess() {
    return all.stream().noneMatch(Slot::isLive);
  }

  /** The first deadline of them all; {@link Slot#NO_DEADLINE} if there is none. */
  long nextDeadlineNs() {
    long next = Slot.NO_DEADLINE;
    for (Slot slot : all) {
      next = Math.min(next, slot.deadlineNs);
    }
    return next;
  }

  void postponeDeadlines(long ns) {
    for (Slot slot : all) {
      if (slot.deadlineNs != Slot.NO_DEADLINE) {
        slot.deadlineNs += ns;
      }
    }
  }

  /** Those that hold a worker or wait for one. */
  List<WorkerStatus> status() {
    return all.stream().filter(slot -> slot.life != SlotLife.EMPTY).map(Slot::status).toList();
  }
}
