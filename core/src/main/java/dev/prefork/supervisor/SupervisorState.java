package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.config.Units;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the supervisor does: events in, actions out. No process, clock, chance or log of its
 * own, so a test can walk it through a year in a second.
 *
 * <p>What is wanted (how many workers, whether to stop) and what is observed (the slots) are apart.
 * After every event the {@link Reconciler} turns their difference into actions.
 */
final class SupervisorState {
  private final Policy policy;
  private final StartBackoff backoff;
  private final Slots slots = new Slots();
  private final List<Action> actions = new ArrayList<>();
  private final StopTally tally = new StopTally();
  private final PoolSize poolSize;
  private final Reconciler reconciler;

  private Phase phase = Phase.STARTING;
  private StopMode stop = StopMode.NONE;
  private int wanted;
  private boolean everReady;
  private int failuresInARow;
  private long spawned;
  private long deaths;

  /**
   * Nothing has begun.
   *
   * @param computes whether a process is at the processors, or would be if one were free
   */
  SupervisorState(Policy policy, StartBackoff backoff, Predicate<Pid> computes) {
    this.policy = policy;
    this.backoff = backoff;
    this.wanted = policy.pool().workers();
    this.poolSize = new PoolSize(policy.pool());
    this.reconciler = new Reconciler(policy, slots, actions, computes);
  }

  /**
   * Takes one event.
   *
   * @param nowNs the monotonic clock
   * @return what to do, in order
   */
  List<Action> on(Event event, long nowNs) {
    if (phase == Phase.STOPPED) {
      return List.of(); // Exit was the last action
    }
    actions.clear();
    switch (event) {
      case Event.Started() -> {} // reconcile spawns what is wanted
      case Event.WorkerSpawned(int slot, Pid pid) -> spawned(slots.get(slot), pid);
      case Event.SpawnFailed(int slot, String cause) -> spawnFailed(slots.get(slot), cause, nowNs);
      case Event.WorkerProgress(Pid pid, String text) -> progress(slots.find(pid), text);
      case Event.WorkerReady(Pid pid) -> ready(slots.find(pid), nowNs);
      case Event.WorkerLeaving(Pid pid) -> ending(slots.find(pid), true, nowNs);
      case Event.WorkerEnding(Pid pid) -> ending(slots.find(pid), false, nowNs);
      case Event.WorkerExited(Pid pid, Death death) -> exited(pid, death, nowNs);
      case Event.StopRequested(StopMode mode, String origin) -> stopRequested(mode, origin);
      case Event.ResizeRequested(int change, String origin) ->
          resize((long) wanted + change, origin);
      case Event.ResizeTo(int workers, String origin) -> resize(workers, origin);
      case Event.RetireRequested(int slot, String origin) -> retire(slots.find(slot), origin);
      case Event.RecycleDue(Pid pid, String reason) -> recycle(slots.find(pid), reason);
      case Event.RequestLate(Pid pid, int lane) -> late(slots.find(pid), lane);
      case Event.RequestOverdue(Pid pid, String request) ->
          kill(slots.find(pid), Cause.REQUEST_TIMEOUT, request);
      case Event.WorkerSilent(Pid pid, String reason) ->
          kill(slots.find(pid), Cause.HEARTBEAT_TIMEOUT, reason);
      case Event.Load(int idle, int queued) -> load(idle, queued);
      case Event.QuitRequested(Pid pid) -> quit(slots.find(pid));
      case Event.ReopenRequested(String origin) -> reopenLogs(origin);
      case Event.Overslept(long ns) -> overslept(ns);
      case Event.DeadlinePassed() -> {} // reconcile looks at every deadline
    }
    trustSilence(nowNs);
    reconcile(nowNs);
    return List.copyOf(actions);
  }

  /** When it wants to be called again at the latest; {@link Slot#NO_DEADLINE} if only by events. */
  long nextDeadlineNs() {
    return Math.min(slots.nextDeadlineNs(), reconciler.turnNs());
  }

  ServerStatus status() {
    return new ServerStatus(phase, wanted, slots.status(), spawned, deaths);
  }

  private void spawned(Slot slot, Pid pid) {
    slot.pid = pid;
    spawned++;
    publish(new ServerEvent.WorkerSpawned(slot.identity()));
  }

  private void spawnFailed(Slot slot, String cause, long nowNs) {
    slot.clear();
    say(Level.ERROR, "could not spawn a worker for slot " + slot.index + ": " + cause);
    startFailed(slot, ExitStatus.TRY_AGAIN, cause, nowNs);
  }

  private void progress(@Nullable Slot slot, String text) {
    if (slot != null) {
      slot.progress = text;
    }
  }

  private void ready(@Nullable Slot slot, long nowNs) {
    if (slot == null || slot.life != SlotLife.STARTING) {
      return; // asked to go, or killed, while its word was on the way
    }
    slot.enter(SlotLife.SPARE, Slot.NO_DEADLINE);
    slot.wasReady = true;
    slot.readyNs = nowNs;
    failuresInARow = 0;
    everReady = true;
    publish(new ServerEvent.WorkerReady(slot.identity()));
  }

  /** Who need not say that it is ready has lived long enough to be so. */
  private void trustSilence(long nowNs) {
    for (Slot slot : slots) {
      if (policy.trustsSilence() && slot.life == SlotLife.STARTING && nowNs >= slot.deadlineNs) {
        ready(slot, nowNs);
      }
    }
  }

  /**
   * It accepts no more: a spare takes over, and whatever it still does has the bound of a drain.
   *
   * @param leaving whether somebody else has asked it to
   */
  private void ending(@Nullable Slot slot, boolean leaving, long nowNs) {
    if (slot != null && (slot.life == SlotLife.READY || slot.life == SlotLife.SPARE)) {
      slot.leaving = leaving;
      slot.fate = leaving ? Cause.LEFT : null;
      slot.enter(SlotLife.DRAINING, nowNs + policy.stopTimeoutNs());
    }
  }

  private void exited(Pid pid, Death death, long nowNs) {
    Slot slot = slots.find(pid);
    if (slot == null) {
      say(Level.WARNING, "reaped untracked child process " + pid + ": " + death.cause());
      return;
    }
    boolean early = slot.endedEarly(death, nowNs);
    String text = slot.cause(death, early);
    publish(
        new ServerEvent.WorkerExited(
            slot.identity(),
            slot.fate == null ? death.cause(slot.wasReady) : slot.fate,
            slot.isRecycled() && slot.asked ? slot.recycleReason : text,
            death.exitCode(),
            death.signal(),
            slot.wasReady,
            slot.asked));
    boolean asked = slot.asked;
    boolean wasReady = slot.wasReady;
    boolean leaving = slot.leaving;
    tally.ended(slot, death);
    slot.clear();
    if (asked) {
      return;
    }
    deaths++;
    if (leaving) {
      slot.enter(SlotLife.BACKOFF, nowNs + Policy.LEAVE_HOLD_NS);
    } else if (!wasReady && (death.saysConfiguration() || (!everReady && death.refusedByJvm()))) {
      startRefused(slot, text);
    } else if (!wasReady) {
      startFailed(slot, ExitStatus.FAILED, text, nowNs);
    } else if (early) {
      gaveUp(slot, nowNs);
    } else {
      slot.startFailures = 0;
    }
  }

  /** Once may happen; a program that does so again and again would have the processors for it. */
  private void gaveUp(Slot slot, long nowNs) {
    slot.startFailures++;
    if (slot.startFailures > 1) {
      long waitNs = Math.min(backoff.waitNs(slot.startFailures - 1), Policy.EARLY_END_HOLD_NS);
      slot.enter(SlotLife.BACKOFF, nowNs + waitNs);
    }
  }

  /** Starting again can't help: the slot stays empty, and a server of such slots ends. */
  private void startRefused(Slot slot, String cause) {
    slot.enter(SlotLife.FAILED, Slot.NO_DEADLINE);
    if (slots.count(SlotLife.FAILED) >= wanted) {
      fail(ExitStatus.CONFIGURATION, cause);
    }
  }

  private void startFailed(Slot slot, ExitStatus status, String cause, long nowNs) {
    slot.startFailures++;
    failuresInARow++;
    slot.enter(SlotLife.BACKOFF, nowNs + backoff.waitNs(slot.startFailures));
    if (!everReady && failuresInARow >= policy.startBudget()) {
      fail(status, failuresInARow + " starts in a row failed, the last one: " + cause);
    }
  }

  private void fail(ExitStatus status, String cause) {
    if (stop == StopMode.NONE) {
      tally.failed(status, cause);
      beginStop(StopMode.IMMEDIATE);
    }
  }

  private void stopRequested(StopMode mode, String origin) {
    if (stop == StopMode.NONE) {
      tally.asked(origin);
      say(
          Level.INFO,
          mode == StopMode.GRACEFUL
              ? origin + ": stopping, draining for at most " + seconds(policy.stopTimeoutNs())
              : origin + ": stopping at once");
      beginStop(mode);
    } else if (stop == StopMode.GRACEFUL) {
      say(Level.INFO, origin + " while draining: stopping at once");
      stop = StopMode.IMMEDIATE;
    }
  }

  private void beginStop(StopMode mode) {
    stop = mode;
    phase = Phase.DRAINING;
    actions.add(new Action.CloseListeners());
  }

  /** Slots whose workers refused are tried once more: somebody is at hand. */
  private void resize(long workers, String origin) {
    if (stop == StopMode.NONE) {
      wanted = Math.clamp(workers, 0, policy.pool().max());
      say(Level.INFO, origin + ": " + wanted + " workers wanted");
      for (Slot slot : slots) {
        if (slot.life == SlotLife.FAILED) {
          slot.clear();
        }
      }
    }
  }

  private void retire(@Nullable Slot slot, String origin) {
    if (slot != null && slot.pid != null) {
      recycle(slot, origin);
    } else {
      say(Level.WARNING, origin + ": that slot holds no worker");
    }
  }

  private void recycle(@Nullable Slot slot, String reason) {
    if (slot != null && slot.isOccupied() && !slot.isRecycled() && slot.pid != null) {
      slot.recycleReason = reason;
      say(Level.INFO, slot.identity() + " will be replaced: " + reason);
    }
  }

  private void late(@Nullable Slot slot, int lane) {
    if (slot != null && slot.life == SlotLife.READY) {
      actions.add(new Action.TellLate(slot.pid(), lane));
    }
  }

  private void kill(@Nullable Slot slot, Cause cause, String reason) {
    if (slot != null && slot.pid != null && slot.life != SlotLife.KILLED) {
      say(Level.ERROR, slot.identity() + " is killed: " + reason);
      reconciler.kill(slot, cause, reason);
    }
  }

  private void load(int idle, int queued) {
    if (stop != StopMode.NONE || !policy.pool().followsLoad() || wanted < policy.pool().min()) {
      return; // fewer than the least were asked for by somebody: that holds
    }
    int toCome = wanted - (int) slots.count(SlotLife.READY);
    int next = poolSize.next(wanted, toCome, idle);
    if (next != wanted) {
      say(
          Level.INFO,
          wanted + " -> " + next + " workers: " + idle + " idle, " + queued + " queued");
      wanted = next;
    }
  }

  /** Only to a JVM that handles it: another would end, and so would a command. */
  private void quit(@Nullable Slot slot) {
    if (slot == null || slot.pid == null || policy.command()) {
      return;
    }
    if (slot.wasReady && slot.life != SlotLife.KILLED) {
      actions.add(new Action.Send(slot.pid, Signum.QUIT));
    }
  }

  private void reopenLogs(String origin) {
    publish(new ServerEvent.LogsReopened(origin));
    if (!policy.command()) {
      actions.add(new Action.ReopenLogs());
    }
  }

  private void overslept(long ns) {
    say(
        Level.WARNING,
        "the supervisor did not run for "
            + seconds(ns)
            + " (stopped, or the machine slept): every deadline is moved by as much");
    slots.postponeDeadlines(ns);
  }

  private void reconcile(long nowNs) {
    if (stop == StopMode.NONE) {
      reconciler.keep(wanted, phase == Phase.RUNNING, nowNs);
    } else {
      reconciler.dismissAll(stop == StopMode.IMMEDIATE, nowNs);
    }
    if (phase == Phase.STARTING && wanted > 0 && slots.count(SlotLife.READY) == wanted) {
      phase = Phase.RUNNING;
      publish(new ServerEvent.Ready(wanted));
    }
    boolean ended = stop != StopMode.NONE && slots.holdNoProcess();
    if (ended) {
      phase = Phase.STOPPED;
      publish(new ServerEvent.Stopped(tally.status(), tally.cause()));
      actions.add(new Action.Exit(tally.status(), tally.cause()));
    }
  }

  private void say(Level level, String text) {
    publish(new ServerEvent.Message(level, text));
  }

  private void publish(ServerEvent event) {
    actions.add(new Action.Publish(event));
  }

  private static String seconds(long ns) {
    return Units.format(Duration.ofMillis(ns / 1_000_000));
  }
}
