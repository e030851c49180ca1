package dev.prefork.supervisor;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.config.Units;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns the difference between what is wanted and what the slots hold into actions. Run twice, it
 * adds none.
 *
 * <p>Any slot may serve: when a worker ends, a spare takes its place where it is, and the empty
 * slot gets the next spare.
 */
final class Reconciler {
  private final Policy policy;
  private final Slots slots;
  private final List<Action> actions;
  private final Predicate<Pid> computes;
  private long turnNs = Slot.NO_DEADLINE;

  Reconciler(Policy policy, Slots slots, List<Action> actions, Predicate<Pid> computes) {
    this.policy = policy;
    this.computes = computes;
    this.slots = slots;
    this.actions = actions;
  }

  /** When to look whether a worker may start that has to wait for its turn. */
  long turnNs() {
    return turnNs;
  }

  /**
   * While the server runs: promote, replace, spawn, retire. In this order: the quickest first.
   *
   * @param inTurns whether starts wait for each other. Of many that die together, the first is then
   *     back in the time that one start takes, and those that still serve have the processors, too;
   *     while nobody serves yet, only the last one counts
   */
  void keep(int wanted, boolean inTurns, long nowNs) {
    killLate(nowNs);
    dismissRecycledSpares(nowNs);
    promoteUpTo(wanted);
    replaceRecycled(nowNs);
    retireDownTo(wanted, nowNs);
    int places = wanted == 0 ? 0 : wanted + policy.pool().spares() + replacementsToCome();
    dismissBeyond(places, nowNs);
    spawnUpTo(places, inTurns ? policy.startsAtOnce() : Integer.MAX_VALUE, nowNs);
  }

  /** While the server stops: everybody goes, at once if so asked. */
  void dismissAll(boolean atOnce, long nowNs) {
    turnNs = Slot.NO_DEADLINE;
    killLate(nowNs);
    for (Slot slot : slots) {
      if (slot.isLive() && slot.pid == null) {
        continue; // just being spawned: WorkerSpawned or SpawnFailed comes next
      }
      if (slot.leaving || (slot.life == SlotLife.DRAINING && !slot.asked)) {
        slot.asked = true; // it does already what it would be asked to
        slot.fate = Cause.STOPPED;
      }
      if (atOnce && slot.isLive() && slot.life != SlotLife.KILLED && !slot.interrupted) {
        interrupt(slot, nowNs);
      } else if (!slot.asked) {
        dismiss(slot, nowNs);
      }
    }
  }

  private void killLate(long nowNs) {
    for (Slot slot : slots) {
      Pid pid = slot.pid;
      if (pid != null && slot.life != SlotLife.KILLED && nowNs >= slot.deadlineNs) {
        boolean starting = slot.life == SlotLife.STARTING;
        kill(
            slot,
            starting ? Cause.START_TIMEOUT : Cause.STOP_TIMEOUT,
            starting ? notReady(slot) : "");
      }
    }
  }

  private String notReady(Slot slot) {
    return slot.startFailure(
        "not ready within its start-timeout of "
            + Units.format(Duration.ofNanos(policy.startTimeoutNs())));
  }

  private void dismissRecycledSpares(long nowNs) {
    for (Slot slot : slots) {
      if (slot.life == SlotLife.SPARE && slot.isRecycled()) {
        dismiss(slot, nowNs);
      }
    }
  }

  private void promoteUpTo(int wanted) {
    long accepting = slots.count(SlotLife.READY);
    for (Slot slot : slots) {
      if (slot.life == SlotLife.SPARE && accepting < wanted) {
        promote(slot);
        accepting++;
      }
    }
  }

  /** One goes for one that is ready: capacity stays, and never two are missing at a time. */
  private void replaceRecycled(long nowNs) {
    for (Slot slot : slots) {
      Slot spare = slots.first(SlotLife.SPARE);
      if (spare == null) {
        return;
      }
      if (slot.life == SlotLife.READY && slot.isRecycled()) {
        promote(spare);
        dismiss(slot, nowNs);
      }
    }
  }

  /** Without spares, who is to be replaced waits for one that is spawned for it. */
  private int replacementsToCome() {
    boolean any = slots.any(slot -> slot.life == SlotLife.READY && slot.isRecycled());
    return any && policy.pool().spares() == 0 ? 1 : 0;
  }

  private void retireDownTo(int wanted, long nowNs) {
    for (long surplus = slots.count(SlotLife.READY) - wanted; surplus > 0; surplus--) {
      Slot slot = slots.last(other -> other.life == SlotLife.READY && other.isRecycled());
      if (slot == null) {
        slot = slots.last(other -> other.life == SlotLife.READY);
      }
      if (slot != null) {
        dismiss(slot, nowNs);
      }
    }
  }

  /** The cheapest first: nothing, a start, a spare. */
  private void dismissBeyond(int places, long nowNs) {
    for (int surplus = slots.occupied() - places; surplus > 0; surplus--) {
      Slot slot = slots.last(Slot::isWaiting);
      if (slot == null) {
        slot = slots.last(other -> other.life == SlotLife.STARTING && other.pid != null);
      }
      if (slot == null) {
        slot = slots.last(other -> other.life == SlotLife.SPARE);
      }
      if (slot == null) {
        return; // the rest is being spawned, or leaves by itself
      }
      dismiss(slot, nowNs);
    }
  }

  private void spawnUpTo(int places, int startsAtOnce, long nowNs) {
    turnNs = Slot.NO_DEADLINE;
    for (Slot slot : slots) {
      if (slot.life == SlotLife.BACKOFF && nowNs >= slot.deadlineNs) {
        slot.enter(SlotLife.EMPTY, Slot.NO_DEADLINE);
      }
    }
    int missing = places - slots.occupied();
    boolean canBeTooMany = slots.count(SlotLife.STARTING) + missing > startsAtOnce;
    List<Long> turns = canBeTooMany ? turns(nowNs) : new ArrayList<>();
    for (; missing > 0; missing--) {
      if (turns.size() >= startsAtOnce) {
        turnNs = Collections.min(turns);
        return;
      }
      Slot empty = slots.firstEmpty(policy.pool().maxSlots());
      if (empty == null) {
        return; // as many still drain: the next exit makes room
      }
      spawn(empty, nowNs);
      turns.add(nowNs + Policy.TURN_NS);
    }
  }

  /**
   * When to look again at each start that is at the processors: one that waits for something else,
   * a database say, holds up nobody.
   */
  private List<Long> turns(long nowNs) {
    List<Long> ends = new ArrayList<>();
    for (Slot slot : slots) {
      long endNs = slot.startedNs + Policy.TURN_NS;
      if (slot.life == SlotLife.STARTING && nowNs < endNs) {
        ends.add(endNs);
      } else if (slot.life == SlotLife.STARTING && slot.pid != null && computes.test(slot.pid)) {
        ends.add(nowNs + Policy.TURN_NS);
      }
    }
    return ends;
  }

  private void spawn(Slot slot, long nowNs) {
    slot.startedNs = nowNs;
    slot.enter(SlotLife.STARTING, nowNs + policy.startNs());
    actions.add(new Action.Spawn(slot.index, slot.generation));
  }

  private void promote(Slot slot) {
    slot.enter(SlotLife.READY, Slot.NO_DEADLINE);
    if (!policy.command()) {
      actions.add(new Action.Accept(slot.pid()));
    }
  }

  /** A worker that is starting has nothing to finish and does not listen to its lifeline yet. */
  private void dismiss(Slot slot, long nowNs) {
    if (slot.isWaiting()) {
      slot.clear();
    } else if (slot.life == SlotLife.STARTING) {
      leave(slot, new Action.Send(slot.pid(), Signum.TERM), nowNs);
    } else if (slot.life == SlotLife.SPARE || slot.life == SlotLife.READY) {
      Pid pid = slot.pid();
      leave(
          slot,
          policy.command() ? new Action.Send(pid, Signum.TERM) : new Action.Drain(pid),
          nowNs);
    }
  }

  private void leave(Slot slot, Action action, long nowNs) {
    slot.asked = true;
    slot.fate = slot.isRecycled() ? Cause.RECYCLED : Cause.STOPPED;
    actions.add(action);
    slot.enter(SlotLife.DRAINING, nowNs + policy.stopTimeoutNs());
  }

  private void interrupt(Slot slot, long nowNs) {
    actions.add(new Action.Send(slot.pid(), Signum.INT));
    slot.asked = true;
    slot.interrupted = true;
    slot.fate = Cause.STOPPED;
    slot.enter(SlotLife.DRAINING, nowNs + Policy.IMMEDIATE_NS);
  }

  /** Whatever it does, it does no more. */
  void kill(Slot slot, Cause fate, String reason) {
    slot.fate = fate;
    slot.killReason = reason;
    actions.add(new Action.Send(slot.pid(), Signum.KILL));
    slot.enter(SlotLife.KILLED, Slot.NO_DEADLINE);
  }
}
