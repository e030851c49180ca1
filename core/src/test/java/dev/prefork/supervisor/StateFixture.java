package dev.prefork.supervisor;

import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.PoolConfig;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A state machine on a clock set by hand. The worker in slot N is given the pid 100 + N. */
final class StateFixture {
  static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);
  static final int MAX_WORKERS = 4;
  static final int STARTS_AT_ONCE = 3;

  /** The middle of the spread: a back-off is exactly its base. */
  static final StartBackoff EXACT_BACKOFF = new StartBackoff(() -> 0.5);

  /** Those that are at the processors. */
  final Set<Pid> computing = new HashSet<>();

  final SupervisorState state;
  private final long startNs = Duration.ofHours(1).toNanos();
  private long nowNs = startNs;

  StateFixture(int workers) {
    this(workers, STOP_TIMEOUT);
  }

  StateFixture(int workers, Duration stopTimeout) {
    this(PoolConfig.fixed(workers, MAX_WORKERS, 0), stopTimeout);
  }

  private StateFixture(PoolConfig pool, Duration stopTimeout) {
    Policy policy =
        new Policy(
            pool,
            START_TIMEOUT.toNanos(),
            stopTimeout.toNanos(),
            5,
            false,
            Slot.NO_DEADLINE,
            STARTS_AT_ONCE);
    this.state = new SupervisorState(policy, EXACT_BACKOFF, computing::contains);
  }

  /** Begun, and every worker spawned. */
  static StateFixture starting(int workers) {
    StateFixture fixture = new StateFixture(workers);
    fixture.on(new Event.Started());
    for (int slot = 0; slot < workers; slot++) {
      fixture.spawned(slot);
    }
    return fixture;
  }

  /** Every worker ready. */
  static StateFixture running(int workers) {
    StateFixture fixture = starting(workers);
    for (int slot = 0; slot < workers; slot++) {
      fixture.ready(slot);
    }
    return fixture;
  }

  /** Every worker and every spare ready: the workers in the first slots. */
  static StateFixture running(PoolConfig pool) {
    StateFixture fixture = new StateFixture(pool, STOP_TIMEOUT);
    fixture.on(new Event.Started());
    for (int slot = 0; slot < pool.workers() + pool.spares(); slot++) {
      fixture.spawned(slot);
      fixture.ready(slot);
    }
    return fixture;
  }

  List<Action> on(Event event) {
    return state.on(event, nowNs);
  }

  List<Action> spawned(int slot) {
    return on(new Event.WorkerSpawned(slot, pid(slot)));
  }

  List<Action> ready(int slot) {
    return on(new Event.WorkerReady(pid(slot)));
  }

  List<Action> exited(int slot, Death death) {
    return on(new Event.WorkerExited(pid(slot), death));
  }

  List<Action> stop(StopMode mode, String origin) {
    return on(new Event.StopRequested(mode, origin));
  }

  void advance(Duration time) {
    nowNs += time.toNanos();
  }

  /** Lets the time come that the state machine wants to be woken at. */
  List<Action> awaitDeadline() {
    nowNs = state.nextDeadlineNs();
    return on(new Event.DeadlinePassed());
  }

  /** How long the loop may wait now. */
  Duration untilDeadline() {
    return Duration.ofNanos(state.nextDeadlineNs() - nowNs);
  }

  boolean waitsForEventsAlone() {
    return state.nextDeadlineNs() == Slot.NO_DEADLINE;
  }

  SlotLife life(int slot) {
    return state.status().workers().stream()
        .filter(worker -> worker.slot() == slot)
        .findFirst()
        .map(worker -> worker.life())
        .orElse(SlotLife.EMPTY);
  }

  /** What is done to the world, leaving out what is told. */
  static List<Action> deeds(List<Action> actions) {
    return actions.stream().filter(action -> !(action instanceof Action.Publish)).toList();
  }

  static Pid pid(int slot) {
    return new Pid(100 + slot);
  }

  static WorkerIdentity worker(int slot) {
    return new WorkerIdentity(slot, 1, 100 + slot);
  }

  static Action spawn(int slot) {
    return new Action.Spawn(slot, 1);
  }

  static Action accept(int slot) {
    return new Action.Accept(pid(slot));
  }

  static Action drain(int slot) {
    return new Action.Drain(pid(slot));
  }

  static Action send(int slot, Signum signal) {
    return new Action.Send(pid(slot), signal);
  }

  static Action publish(ServerEvent event) {
    return new Action.Publish(event);
  }

  static Action say(Level level, String text) {
    return publish(new ServerEvent.Message(level, text));
  }

  static Death killed() {
    return new Death(new WaitStatus.Signaled(Signum.KILL.number(), false), Reached.MAIN, "", false);
  }

  /** Whatever ended it, it was with a request. */
  static Death cut(Death death) {
    return new Death(death.status(), death.reached(), death.lastWords(), true);
  }

  static Death exit(int code) {
    return new Death(new WaitStatus.Exited(code), Reached.MAIN, "", false);
  }

  static Death failedStart() {
    return new Death(new WaitStatus.Exited(70), Reached.MAIN, "the database is down", false);
  }

  static Death refused() {
    return new Death(new WaitStatus.Exited(78), Reached.MAIN, "no such handler", false);
  }

  static Death refusedByJvm() {
    return new Death(
        new WaitStatus.Exited(1), Reached.JVM, "Multiple garbage collectors selected", false);
  }
}
