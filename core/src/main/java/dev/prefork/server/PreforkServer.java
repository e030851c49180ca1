package dev.prefork.server;

import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerStatus;
import dev.prefork.WorkerDeath;
import dev.prefork.admin.AdminServer;
import dev.prefork.config.ServerConfig;
import dev.prefork.config.Units;
import dev.prefork.control.ControlSocket;
import dev.prefork.control.SocketFile;
import dev.prefork.coroner.Coroner;
import dev.prefork.coroner.DeathRegister;
import dev.prefork.coroner.Inquests;
import dev.prefork.listen.Listeners;
import dev.prefork.monitor.Monitor;
import dev.prefork.posix.Posix;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.supervisor.Supervisor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A preforking server inside this JVM: the listeners, the supervisor's thread and the worker
 * processes. The application goes on beside it; several can run at once, and one that has stopped
 * can be started anew from its builder. Installs no signal handler and no shutdown hook: when this
 * JVM ends without {@link #stop}, the workers finish their open connections and go.
 *
 * {@snippet :
 * try (var server = PreforkServer.builder(EchoHandler.class).listen("127.0.0.1:0").start()) {
 *   System.out.println("serving on " + server.addresses());
 *   server.await();
 * }
 * }
 */
public final class PreforkServer implements AutoCloseable {
  /** How long the end waits for listeners that are slow to hear of it. */
  private static final long LAST_EVENTS_MS = 1_000;

  /** The word for the end: its exit code and its cause. */
  private final CompletableFuture<ServerEvent.Stopped> stopped = new CompletableFuture<>();

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final ServerConfig config;
  private final List<InetSocketAddress> addresses;
  private final @Nullable RuntimeDirectory runtimeDirectory;
  private final EventQueue events;
  private final @Nullable SlowLog slowLog;
  private final Supervisor supervisor;
  private final Monitor monitor;
  private final DeathRegister deaths;
  private final Inquests inquests;
  private final @Nullable ControlSocket control;
  private final @Nullable AdminServer admin;
  private volatile String firstStartFailure = "";
  private ServerEvent.Stopped lastWord =
      new ServerEvent.Stopped(ExitStatus.FAILED, "the supervisor failed; its workers drain and go");

  private PreforkServer(
      ServerConfig config, Belongings belongings, List<Consumer<ServerEvent>> eventListeners) {
    Listeners listeners = belongings.listeners();
    Scoreboard scoreboard = belongings.scoreboard().scoreboard();
    SocketFile controlFile = belongings.controlFile();
    this.config = config;
    this.runtimeDirectory = belongings.directory();
    this.admin = belongings.admin();
    this.addresses = listeners.addresses();
    this.events = new EventQueue("prefork-events", eventListeners);
    this.slowLog = belongings.slowLog();
    this.deaths = new DeathRegister(config.runtimeDirectory());
    Coroner coroner = Coroner.of(config.runtimeDirectory());
    this.inquests = new Inquests(coroner, this::certified);
    this.supervisor =
        Supervisor.of(
            Posix.system(),
            config,
            listeners,
            belongings.launcher(),
            scoreboard,
            this::supervisorPublished,
            inquests::hold);
    this.monitor =
        Monitor.of(
            Posix.system(),
            config,
            listeners,
            scoreboard,
            new Operations(supervisor, coroner, this::told),
            supervisor::status);
    ServerControl controlled = new ServerControl(config, supervisor, monitor, deaths);
    this.control = controlFile == null ? null : new ControlSocket(controlFile, controlled);
  }

  /**
   * Begins to describe a server.
   *
   * @param handler public, with a public constructor without parameters; a new instance is made in
   *     each worker
   */
  public static PreforkServerBuilder builder(Class<? extends ConnectionHandler> handler) {
    return builder(handler.getName());
  }

  /**
   * Begins to describe a server.
   *
   * @param handlerClass the handler's binary class name; this JVM need not be able to load it
   */
  public static PreforkServerBuilder builder(String handlerClass) {
    return new PreforkServerBuilder(handlerClass);
  }

  static PreforkServer launch(ServerConfig config, List<Consumer<ServerEvent>> eventListeners) {
    ApplicationCheck.require(config);
    AccessLogCheck.require(config);
    Belongings belongings = Belongings.take(Posix.system(), config);
    try {
      PreforkServer server = new PreforkServer(config, belongings, eventListeners);
      server.begin();
      return server;
    } catch (RuntimeException e) {
      belongings.giveBack();
      throw e;
    }
  }

  private void begin() {
    events.start();
    if (slowLog != null) {
      slowLog.start(text -> told(new ServerEvent.Message(Level.WARNING, text)));
    }
    monitor.start();
    inquests.start();
    if (control != null) {
      control.start();
    }
    startAdmin();
    Thread.ofPlatform().name("prefork-supervisor").start(this::supervise);
  }

  private void startAdmin() {
    if (admin == null) {
      return;
    }
    admin.start(new RunningView(supervisor, monitor, deaths));
    events.offer(new ServerEvent.Message(Level.INFO, "admin page on " + admin.url()));
    if (!admin.address().getAddress().isLoopbackAddress()) {
      String warning = "the admin page needs no password, and is not on a loopback address";
      events.offer(new ServerEvent.Message(Level.WARNING, warning));
    }
  }

  private void supervise() {
    try {
      var _ = supervisor.run();
    } finally {
      ServerEvent.Stopped end = lastWord;
      monitor.close();
      if (control != null) {
        control.end(end);
      }
      if (admin != null) {
        admin.close();
      }
      if (runtimeDirectory != null) {
        runtimeDirectory.close();
      }
      inquests.close();
      if (control != null) {
        control.close();
      }
      if (slowLog != null) {
        slowLog.close();
      }
      events.offer(end);
      var _ = events.close(LAST_EVENTS_MS);
      stopped.complete(end);
    }
  }

  /** On the coroner's thread. */
  private void certified(WorkerDeath death) {
    deaths.enter(death);
    told(new ServerEvent.WorkerDied(death));
  }

  /** On the supervisor's thread: must not wait. */
  private void supervisorPublished(ServerEvent event) {
    switch (event) {
      case ServerEvent.Stopped last -> {
        lastWord = last; // told to the listeners when everything has been given back
        return;
      }
      case ServerEvent.Ready _ -> ready.complete(null);
      case ServerEvent.WorkerExited exited when !exited.wasReady() && firstStartFailure.isEmpty() ->
          firstStartFailure = exited.worker() + ": " + exited.cause();
      default -> {}
    }
    told(event);
  }

  private void told(ServerEvent event) {
    if (control != null) {
      control.tell(event);
    }
    if (slowLog != null) {
      slowLog.tell(event);
    }
    events.offer(event);
  }

  /**
   * Waits until all wanted workers have been ready, or the start timeout is over with at least one:
   * the server then is degraded and keeps trying.
   *
   * @throws PreforkException with the first death's cause if no worker became ready; the server has
   *     then been stopped
   */
  PreforkServer awaitReady() {
    try {
      var _ =
          CompletableFuture.anyOf(ready, stopped)
              .get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (status().ready() == 0) {
        supervisor.stopNow("start timeout");
        stopped.join();
        String why =
            firstStartFailure.isEmpty() ? "" : "; the first that ended: " + firstStartFailure;
        throw new PreforkException(
            ExitStatus.FAILED,
            "could not start: no worker was ready within "
                + Units.format(config.startTimeout())
                + why);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new PreforkException(ExitStatus.TRY_AGAIN, "interrupted while the workers started");
    } catch (ExecutionException e) {
      throw new AssertionError("neither is ever completed with a failure", e); // cannot happen
    }
    ServerEvent.Stopped end = stopped.getNow(null);
    if (end != null && end.status() != ExitStatus.OK) {
      throw new PreforkException(end.status(), "could not start: " + end.cause());
    }
    return this;
  }

  /** Completed when all wanted workers have been ready for the first time; else never. */
  public CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Where it listens; the ports that the kernel chose, if it was asked to. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Where the admin listener listens; empty if there is none. */
  public Optional<InetSocketAddress> adminAddress() {
    return Optional.ofNullable(admin).map(AdminServer::address);
  }

  /** The server at this moment. */
  public ServerStatus status() {
    return supervisor.status();
  }

  /** All that is known of the server at this moment; also after its end. */
  public ServerSnapshot snapshot() {
    return monitor.snapshot();
  }

  /** The last quarter of an hour, second by second. */
  public ServerHistory history() {
    return monitor.history();
  }

  /** The certificates of the last 200 workers that ended, the oldest first. */
  public List<WorkerDeath> deaths() {
    return deaths.last();
  }

  /** How many workers have ended since the start, by cause. */
  public Map<WorkerDeath.Cause, Long> deathsByCause() {
    return deaths.byCause();
  }

  /**
   * Wants another worker in the place of a slot's: it goes as soon as another one is ready. Returns
   * at once.
   *
   * @param origin who asks, for the log
   */
  public void retire(int slot, String origin) {
    supervisor.retire(slot, origin);
  }

  /**
   * Wants just so many workers from now on; returns at once.
   *
   * @param workers 0 to the builder's {@code maxWorkers}; what lies outside is brought inside
   * @param origin who asks, for the log
   */
  public void resize(int workers, String origin) {
    supervisor.resize(workers, origin);
  }

  /**
   * Wants so many workers more, or fewer if negative; returns at once.
   *
   * @param change the wanted number stays within 0 and {@code maxWorkers}
   * @param origin who asks, for the log
   */
  public void resizeBy(int change, String origin) {
    supervisor.resizeBy(change, origin);
  }

  /**
   * Begins a graceful stop and returns at once: new connections are refused, open ones are finished
   * within the stop timeout. Asked again, it becomes immediate.
   *
   * @param origin who asks, for the log
   */
  public void stop(String origin) {
    supervisor.stop(origin);
  }

  /**
   * Begins an immediate stop and returns at once: open connections are cut.
   *
   * @param origin who asks, for the log
   */
  public void stopNow(String origin) {
    supervisor.stopNow(origin);
  }

  /**
   * Has the log files opened anew, after they were renamed; returns at once. The workers do so with
   * the access log, each when it has written what it has gathered, and so does the slow log's
   * thread; listeners are told by {@link ServerEvent.LogsReopened}.
   *
   * @param origin who asks, for the log
   */
  public void reopenLogs(String origin) {
    supervisor.reopenLogs(origin);
  }

  /** Makes a supervisor that is process 1 of a container look for orphans to collect. */
  public void childEnded() {
    supervisor.wake();
  }

  /**
   * Waits until the server has stopped: every worker is reaped, every descriptor closed.
   *
   * @return how it ended, and why
   */
  public ServerEvent.Stopped await() throws InterruptedException {
    try {
      return stopped.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the end is never completed with a failure", e); // cannot happen
    }
  }

  /**
   * Waits until the server has stopped, for a limited time.
   *
   * @return how it ended; null if it has not
   */
  public ServerEvent.@Nullable Stopped await(Duration timeout) throws InterruptedException {
    try {
      return stopped.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new AssertionError("the end is never completed with a failure", e); // cannot happen
    }
  }

  /** Stops gracefully, if it has not stopped yet, and waits for the end. */
  @Override
  public void close() {
    if (!stopped.isDone()) {
      supervisor.stop("close");
    }
    var _ = stopped.join();
  }
}
