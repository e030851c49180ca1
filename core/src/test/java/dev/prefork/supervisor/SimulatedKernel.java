package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.PoolConfig;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processes without processes: performs the actions of a state machine in virtual time, brings it
 * the events that follow from them, and checks each action against what a supervisor must never do.
 */
final class SimulatedKernel {
  private record Planned(long atNs, long order, Runnable what) {}

  private static final int OLD_EVENTS = 4;

  private final Random random;
  private final PoolConfig pool;
  private final SupervisorState state;
  private WorkerHabits habits;
  private final Map<Pid, SimulatedWorker> workers = new HashMap<>();
  private final Set<Integer> spawning = new HashSet<>();
  private final ArrayDeque<Event> arrived = new ArrayDeque<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>((a, b) ->
          a.atNs() != b.atNs()
              ? Long.compare(a.atNs(), b.atNs())
              : Long.compare(a.order(), b.order()));
  private final ArrayDeque<Event> history = new ArrayDeque<>();
  private long nowNs = Duration.ofDays(1).toNanos();
  private long plans;
  private int nextPid = 1_000;
  private int mostWanted;
  private boolean stopAsked;
  private Action.@Nullable Exit exit;
  long events;

  SimulatedKernel(SupervisorState state, WorkerHabits habits, Random random, PoolConfig pool) {
    this.state = state;
    this.habits = habits;
    this.random = random;
    this.pool = pool;
  }

  /** From now on workers are spawned with these. */
  void behave(WorkerHabits newHabits) {
    habits = newHabits;
  }

  Action.@Nullable Exit exit() {
    return exit;
  }

  int live() {
    return workers.size() + spawning.size();
  }

  /** Plans something for later. */
  void after(Duration delay, Runnable what) {
    planned.add(new Planned(nowNs + delay.toNanos(), plans++, what));
  }

  /** Queues an event behind those that have arrived. */
  void arrive(Event event) {
    arrived.add(event);
  }

  /** Lets that much virtual time pass, with all that happens in it, or less if the server ends. */
  void run(Duration time) {
    long untilNs = nowNs + time.toNanos();
    while (exit == null && step(untilNs)) {}
    if (exit == null) {
      nowNs = untilNs;
    }
  }

  private boolean step(long untilNs) {
    Event event = arrived.poll();
    if (event != null) {
      deliver(event);
      return true;
    }
    Planned next = planned.peek();
    long nextNs = next == null ? Long.MAX_VALUE : next.atNs();
    if (Math.min(nextNs, state.nextDeadlineNs()) > untilNs) {
      return false;
    }
    if (nextNs < state.nextDeadlineNs()) {
      nowNs = Math.max(nowNs, nextNs);
      planned.remove().what().run();
    } else {
      nowNs = Math.max(nowNs, state.nextDeadlineNs());
      deliver(new Event.DeadlinePassed());
      assertThat(state.nextDeadlineNs())
          .as("a deadline that has passed must not come again: %s", this)
          .isGreaterThan(nowNs);
    }
    return true;
  }

  /** The supervisor is stopped for a time: nothing is handled meanwhile. */
  void oversleep(Duration time) {
    nowNs += time.toNanos();
    deliver(new Event.Overslept(time.toNanos()));
  }

  private void deliver(Event event) {
    events++;
    history.add(event);
    if (history.size() > OLD_EVENTS) {
      history.remove();
    }
    if (event instanceof Event.StopRequested) {
      stopAsked = true;
    }
    boolean tooLate = exit != null;
    List<Action> actions = state.on(event, nowNs);
    if (event instanceof Event.Overslept) {
      assertThat(actions)
          .as("nobody is to blame for a sleep: %s", this)
          .hasOnlyElementsOfType(Action.Publish.class);
    }
    mostWanted = Math.max(mostWanted, state.status().wanted());
    for (Action action : actions) {
      assertThat(exit).as("Exit is the last action: %s, then %s", this, action).isNull();
      perform(action);
    }
    if (!tooLate) {
      assertThat(workers.values().stream().filter(worker -> !worker.wasAsked()).count())
          .as("more live workers than ever wanted, spares and one replacement: %s", this)
          .isLessThanOrEqualTo(mostWanted + Math.max(1, pool.spares()));
      assertThat(live()).as("%s", this).isLessThanOrEqualTo(pool.maxSlots());
      assertThat(state.on(new Event.DeadlinePassed(), nowNs))
          .as("reconciling twice adds nothing, but after %s: %s", event, this)
          .isEmpty();
    }
  }

  /** Delivers an event to a server that has ended. */
  void afterTheEnd(Event event) {
    deliver(event);
  }

  private void perform(Action action) {
    switch (action) {
      case Action.Spawn(int slot, int _) -> spawn(slot);
      case Action.ReopenLogs(), Action.TellLate _ -> {}
      case Action.Accept(Pid pid) -> living(pid).accepts(this);
      case Action.Drain(Pid pid) -> living(pid).drained(this);
      case Action.Send(Pid pid, Signum signal) -> living(pid).signalled(this, signal);
      case Action.CloseListeners() -> stopAsked = true; // asked for, or its own failure
      case Action.Publish _ -> {}
      case Action.Exit last -> {
        assertThat(live()).as("a server must not leave workers behind: %s", this).isZero();
        exit = last;
      }
    }
  }

  private void spawn(int slot) {
    assertThat(stopAsked).as("a spawn after a stop: %s", this).isFalse();
    assertThat(spawning.add(slot)).as("two spawns for slot %s: %s", slot, this).isTrue();
    assertThat(workers.values()).as("%s", this).noneMatch(worker -> worker.slot() == slot);
    if (random.nextDouble() < habits.spawnFails()) {
      spawning.remove(slot);
      arrive(new Event.SpawnFailed(slot, "no process to be had"));
      return;
    }
    Pid pid = new Pid(nextPid++);
    SimulatedWorker worker = new SimulatedWorker(slot, pid, habits, random);
    workers.put(pid, worker);
    spawning.remove(slot);
    arrive(new Event.WorkerSpawned(slot, pid));
    worker.begin(this);
  }

  private SimulatedWorker living(Pid pid) {
    SimulatedWorker worker = workers.get(pid);
    if (worker == null) {
      throw new AssertionError("process " + pid + " is reaped, or was never spawned: " + this);
    }
    return worker;
  }

  /** A worker has ended and is reaped; from now on its pid may be anybody's. */
  void reaped(SimulatedWorker worker, WaitStatus status, Reached reached, String lastWords) {
    workers.remove(worker.pid());
    arrive(new Event.WorkerExited(worker.pid(), new Death(status, reached, lastWords, false)));
  }

  /** Asks a random living worker to leave, as somebody's kill would. */
  void termSomebody() {
    List<SimulatedWorker> all = List.copyOf(workers.values());
    if (!all.isEmpty()) {
      all.get(random.nextInt(all.size())).termedByOthers(this);
    }
  }

  /** Somebody wants to see a worker's threads. */
  void quitSomebody() {
    List<SimulatedWorker> all = List.copyOf(workers.values());
    if (!all.isEmpty()) {
      arrive(new Event.QuitRequested(all.get(random.nextInt(all.size())).pid()));
    }
  }

  @Override
  public String toString() {
    return state.status() + ", last events " + history;
  }
}
