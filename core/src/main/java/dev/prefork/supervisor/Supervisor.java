package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.Launcher;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.Signum;
import dev.prefork.posix.Tasks;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.SlotReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The parent process's loop. Start reading here: {@link #run} waits for an event, lets {@link
 * SupervisorState} decide, and does what it says. It never serves a client.
 */
public final class Supervisor {
  /** A deadline missed by more than this means that this process did not run. */
  private static final long OVERSLEPT_NS = Duration.ofSeconds(1).toNanos();

  private static final Pid INIT = new Pid(1);

  private final Posix posix;
  private final LongSupplier clockNs;
  private final Listeners listeners;
  private final Launcher launcher;
  private final Consumer<ServerEvent> publisher;
  private final Consumer<Obituary> obituaries;
  private final SupervisorState state;
  private final ScoreKeeper scores;
  private final Inbox inbox;
  private final boolean adoptsOrphans = Pid.self().equals(INIT);
  private final Queue<CompletableFuture<Void>> pings = new ConcurrentLinkedQueue<>();
  private volatile ServerStatus status;

  Supervisor(
      Posix posix,
      LongSupplier clockNs,
      Listeners listeners,
      Launcher launcher,
      Scoreboard scoreboard,
      SupervisorState state,
      Predicate<String> readyLine,
      Consumer<ServerEvent> publisher,
      Consumer<Obituary> obituaries) {
    this.posix = posix;
    this.clockNs = clockNs;
    this.listeners = listeners;
    this.launcher = launcher;
    this.state = state;
    this.scores = new ScoreKeeper(scoreboard);
    this.publisher = publisher;
    this.obituaries = obituaries;
    this.inbox = new Inbox(posix, clockNs, scores::isServing, readyLine, publisher);
    this.status = state.status();
    // Ignored, it would swallow every exit status. Not in run(): by then process 1 handles it.
    posix.restoreDefault(Signum.CHLD);
  }

  /**
   * Prepares to supervise; {@link #run} begins.
   *
   * @param listeners closed by the supervisor, at a stop before the workers drain
   * @param launcher closed by the supervisor
   * @param scoreboard of which it writes its columns
   * @param publisher is told what happens, on the supervisor's thread: it must not wait
   * @param obituaries is told of every worker that ended, after the publisher, in the same way
   */
  public static Supervisor of(
      Posix posix,
      ServerConfig config,
      Listeners listeners,
      Launcher launcher,
      Scoreboard scoreboard,
      Consumer<ServerEvent> publisher,
      Consumer<Obituary> obituaries) {
    StartBackoff backoff = new StartBackoff(() -> ThreadLocalRandom.current().nextDouble());
    SupervisorState state = new SupervisorState(Policy.of(config), backoff, Tasks::compute);
    return new Supervisor(
        posix,
        System::nanoTime,
        listeners,
        launcher,
        scoreboard,
        state,
        config.program().readyLine(),
        publisher,
        obituaries);
  }

  /** Runs until the state machine says exit. Decides nothing: it waits, asks, and does. */
  public ExitStatus run() {
    inbox.add(new Event.Started());
    try {
      long awakeNs = clockNs.getAsLong();
      while (true) {
        Event event = inbox.awaitUntil(state.nextDeadlineNs());
        long nowNs = clockNs.getAsLong();
        reapOrphans();
        if (nowNs - state.nextDeadlineNs() > OVERSLEPT_NS) {
          perform(new Event.Overslept(nowNs - awakeNs), nowNs);
        }
        awakeNs = nowNs;
        Optional<ExitStatus> end = perform(event, nowNs);
        answerPings();
        if (end.isPresent()) {
          return end.get();
        }
      }
    } finally {
      inbox.close();
      launcher.close();
      listeners.close();
    }
  }

  private Optional<ExitStatus> perform(Event event, long nowNs) {
    List<Action> actions = state.on(event, nowNs);
    status = state.status();
    scores.write(status, nowNs);
    for (Action action : actions) {
      switch (action) {
        case Action.Spawn(int slot, int generation) -> spawn(slot, generation);
        case Action.Accept(Pid pid) -> inbox.tell(pid, LaunchSpec.ACCEPT_COMMAND);
        case Action.Drain(Pid pid) -> inbox.tell(pid, LaunchSpec.DRAIN_COMMAND);
        case Action.TellLate(Pid pid, int lane) -> inbox.tell(pid, LaunchSpec.LATE_COMMAND + lane);
        case Action.ReopenLogs() -> inbox.tellAll(LaunchSpec.REOPEN_COMMAND);
        case Action.Send(Pid pid, Signum signal) -> send(pid, signal);
        case Action.CloseListeners() -> listeners.close();
        case Action.Publish(ServerEvent published) -> publish(published, nowNs);
        case Action.Exit(ExitStatus exit, String _) -> {
          return Optional.of(exit);
        }
      }
    }
    return Optional.empty();
  }

  private void publish(ServerEvent event, long nowNs) {
    publisher.accept(event);
    if (event instanceof ServerEvent.WorkerExited exit) {
      SlotReading last = scores.lastOf(exit.worker().pid());
      if (last != null) {
        obituaries.accept(new Obituary(exit, last, nowNs));
      }
    }
  }

  private void spawn(int slot, int generation) {
    try {
      var process = launcher.spawn(slot, generation);
      inbox.watch(process);
      inbox.add(new Event.WorkerSpawned(slot, process.pid()));
    } catch (PosixException e) {
      inbox.add(new Event.SpawnFailed(slot, String.valueOf(e.getMessage())));
    }
  }

  private void send(Pid pid, Signum signal) {
    try {
      var _ = posix.kill(pid, signal); // gone already: its exit is on the way
    } catch (PosixException e) {
      say(Level.WARNING, String.valueOf(e.getMessage())); // it has become another user's
    }
  }

  private void say(Level level, String text) {
    publisher.accept(new ServerEvent.Message(level, text));
  }

  /**
   * As process 1 of a container: collects what the kernel gives to it, and mistakes it for nobody.
   */
  private void reapOrphans() {
    if (!adoptsOrphans) {
      return;
    }
    Optional<Posix.Reaped> orphan = posix.reapOrphan();
    while (orphan.isPresent()) {
      Posix.Reaped reaped = orphan.get();
      say(Level.INFO, "reaped untracked child process " + reaped.pid() + ": " + reaped.status());
      orphan = posix.reapOrphan();
    }
  }

  /** The server at this moment, from any thread. */
  public ServerStatus status() {
    return status;
  }

  /**
   * Asks for a graceful stop, from any thread; a second request while draining makes it immediate.
   *
   * @param origin who asks, for the log: {@code TERM}
   */
  public void stop(String origin) {
    inbox.post(new Event.StopRequested(StopMode.GRACEFUL, origin));
  }

  /** Asks for an immediate stop, from any thread. */
  public void stopNow(String origin) {
    inbox.post(new Event.StopRequested(StopMode.IMMEDIATE, origin));
  }

  /** Asks for so many workers more, or fewer if negative, from any thread. */
  public void resizeBy(int change, String origin) {
    inbox.post(new Event.ResizeRequested(change, origin));
  }

  /** Asks for just so many workers, from any thread. */
  public void resize(int workers, String origin) {
    inbox.post(new Event.ResizeTo(workers, origin));
  }

  /** Asks for another worker in the place of a slot's, from any thread. */
  public void retire(int slot, String origin) {
    inbox.post(new Event.RetireRequested(slot, origin));
  }

  /** Wants a worker replaced as soon as another one is ready, from any thread. */
  public void recycle(WorkerIdentity worker, String reason) {
    inbox.post(new Event.RecycleDue(pid(worker), reason));
  }

  /** Wants a worker to know that one of its requests is late, from any thread. */
  public void late(WorkerIdentity worker, int lane) {
    inbox.post(new Event.RequestLate(pid(worker), lane));
  }

  /** Wants a worker killed whose request takes longer than it may, from any thread. */
  public void overdue(WorkerIdentity worker, String request) {
    inbox.post(new Event.RequestOverdue(pid(worker), request));
  }

  /** Wants a worker killed whose JVM no longer runs, from any thread. */
  public void silent(WorkerIdentity worker, String reason) {
    inbox.post(new Event.WorkerSilent(pid(worker), reason));
  }

  /** Says how much there is to do, from any thread. */
  public void load(int idle, int queued) {
    inbox.post(new Event.Load(idle, queued));
  }

  private static Pid pid(WorkerIdentity worker) {
    return new Pid(Math.toIntExact(worker.pid()));
  }

  /** Asks for QUIT to be sent to a worker that has been ready, from any thread. */
  public void quit(long pid) {
    inbox.post(new Event.QuitRequested(new Pid((int) pid)));
  }

  /** Asks for the log files to be opened anew, from any thread. */
  public void reopenLogs(String origin) {
    inbox.post(new Event.ReopenRequested(origin));
  }

  /**
   * Asks the loop for a sign of life, from any thread.
   *
   * @return completed when the loop has come round; never, once it has ended
   */
  public Future<Void> ping() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    pings.add(answer);
    wake();
    return answer;
  }

  private void answerPings() {
    for (var ping = pings.poll(); ping != null; ping = pings.poll()) {
      ping.complete(null);
    }
  }

  /** Makes the loop look around, from any thread: as process 1, when a child has ended. */
  public void wake() {
    inbox.post(new Event.DeadlinePassed()); // decides nothing; a bare wake-up would wait on
  }
}
