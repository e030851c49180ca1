package dev.prefork.server;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.WorkerDeath;
import dev.prefork.admin.AdminServer;
import dev.prefork.aot.Trainer;
import dev.prefork.aot.UnpackedProgram;
import dev.prefork.config.ServerConfig;
import dev.prefork.config.Units;
import dev.prefork.control.ControlSocket;
import dev.prefork.control.SocketFile;
import dev.prefork.coroner.Coroner;
import dev.prefork.coroner.DeathRegister;
import dev.prefork.coroner.Inquests;
import dev.prefork.launch.AotCache;
import dev.prefork.launch.WorkerLauncher;
import dev.prefork.listen.Listeners;
import dev.prefork.monitor.Monitor;
import dev.prefork.posix.Posix;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.supervisor.Supervisor;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a server: the supervisor's thread and those that watch, certify, answer and tell
 * beside it, from their beginning to the end of the last.
 */
final class ServerRun {
  /** How long the end waits for listeners that are slow to hear of it. */
  private static final long LAST_EVENTS_MS = 1_000;

  /** The word for the end: its exit code and its cause. */
  private final CompletableFuture<ServerEvent.Stopped> stopped = new CompletableFuture<>();

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final ServerConfig config;
  private final UnpackedProgram program;
  private final List<SocketAddress> addresses;
  private final @Nullable RuntimeDirectory runtimeDirectory;
  private final EventQueue events;
  private final @Nullable SlowLog slowLog;
  private final Supervisor supervisor;
  private final Monitor monitor;
  private final DeathRegister deaths;
  private final Inquests inquests;
  private final @Nullable ControlSocket control;
  private final @Nullable AdminServer admin;
  private final @Nullable Trainer trainer;

  /** What each worker gets of the host. */
  private final String share;

  private volatile String firstStartFailure = "";
  private ServerEvent.Stopped lastWord =
      new ServerEvent.Stopped(ExitStatus.FAILED, "the supervisor failed; its workers drain and go");

  ServerRun(Belongings belongings, List<Consumer<ServerEvent>> eventListeners) {
    Listeners listeners = belongings.listeners();
    Scoreboard scoreboard = belongings.scoreboard().scoreboard();
    SocketFile controlFile = belongings.controlFile();
    this.program = belongings.program();
    ServerConfig config = program.config();
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
    this.share = belongings.launcher() instanceof WorkerLauncher workers ? workers.share() : "";
    this.trainer = trainer(belongings);
    if (trainer != null) {
      listeners.onClose(trainer::close);
    }
    ServerControl controlled = new ServerControl(config, supervisor, monitor, deaths);
    this.control = controlFile == null ? null : new ControlSocket(controlFile, controlled);
  }

  /** Null if there is nothing to train: no JVM, or no cache wanted. */
  private @Nullable Trainer trainer(Belongings belongings) {
    if (belongings.launcher() instanceof WorkerLauncher workers) {
      AotCache cache = workers.aotCache();
      return cache == null ? null : new Trainer(Posix.system(), workers, cache, this::told);
    }
    return null;
  }

  /** Starts the threads; the first workers are being spawned when it returns. */
  void begin() {
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
    if (program.note() != null) {
      events.offer(program.note());
    }
    if (!share.isEmpty()) {
      events.offer(new ServerEvent.Message(Level.INFO, share));
    }
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
      if (trainer != null) {
        trainer.awaitEnd();
      }
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
      program.close();
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
      case ServerEvent.Ready _ -> {
        if (ready.complete(null) && trainer != null) {
          trainer.start();
        }
      }
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
  void awaitReady() {
    try {
      var _ =
          CompletableFuture.anyOf(ready, stopped)
              .get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (supervisor.status().ready() == 0) {
        supervisor.stopNow("start timeout");
        stopped.join();
        String why =
            firstStartFailure.isEmpty() ? "" : "; the first that ended: " + firstStartFailure;
        throw new PreforkException(
            ExitStatus.FAILED,
            "could not start: no worker was ready within the start-timeout of "
                + Units.format(config.startTimeout())
                + why);
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new PreforkException(ExitStatus.TRY_AGAIN, "interrupted while the workers started");
    } catch (ExecutionException e) {
      throw new AssertionError("neither is ever completed with a failure", e); // cannot happen
    }
    ServerEvent.Stopped end = stopped.getNow(null);
    if (end != null && end.status() != ExitStatus.OK) {
      throw new PreforkException(end.status(), "could not start: " + end.cause());
    }
  }

  /** Completed when all wanted workers have been ready for the first time; else never. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completed when every worker is reaped and every descriptor closed; never with a failure. */
  CompletableFuture<ServerEvent.Stopped> stopped() {
    return stopped;
  }

  List<SocketAddress> addresses() {
    return addresses;
  }

  @Nullable AdminServer admin() {
    return admin;
  }

  /** Its loop, to be asked and told. */
  Supervisor supervisor() {
    return supervisor;
  }

  Monitor monitor() {
    return monitor;
  }

  DeathRegister deaths() {
    return deaths;
  }

  /** Stops gracefully, if it has not stopped yet, and waits for the end. */
  void end() {
    if (!stopped.isDone()) {
      supervisor.stop("close");
    }
    var _ = stopped.join();
  }
}
