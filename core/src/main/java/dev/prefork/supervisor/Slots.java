package dev.prefork.supervisor;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.posix.Pid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
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

  /** The slot of this number, or null if there is none. */
  @Nullable Slot find(int index) {
    return index >= 0 && index < all.size() ? all.get(index) : null;
  }

  /** The first slot that is empty, made if there is none; null if there are as many as can be. */
  @Nullable Slot firstEmpty(int most) {
    Slot empty = first(SlotLife.EMPTY);
    if (empty == null && all.size() < most) {
      empty = new Slot(all.size());
      all.add(empty);
    }
    return empty;
  }

  @Nullable Slot first(SlotLife life) {
    for (Slot slot : all) {
      if (slot.life == life) {
        return slot;
      }
    }
    return null;
  }

  @Nullable Slot last(Predicate<Slot> which) {
    for (Slot slot : all.reversed()) {
      if (which.test(slot)) {
        return slot;
      }
    }
    return null;
  }

  boolean any(Predicate<Slot> which) {
    return all.stream().anyMatch(which);
  }

  /** How many are, or will be, one of the workers that are wanted. */
  int occupied() {
    return (int) all.stream().filter(Slot::isOccupied).count();
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

  /** What this process has not seen of a start does not count as time that it took. */
  void postponeDeadlines(long ns) {
    for (Slot slot : all) {
      slot.startedNs += ns;
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
