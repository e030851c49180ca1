package dev.prefork.server;

import dev.prefork.ConnectionHandler;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerStatus;
import dev.prefork.WorkerDeath;
import dev.prefork.admin.AdminServer;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Options;
import dev.prefork.config.ServerConfig;
import dev.prefork.posix.Posix;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final ServerRun run;

  private PreforkServer(ServerRun run) {
    this.run = run;
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
    return new PreforkServerBuilder(ApplicationConfig.handler(handlerClass));
  }

  /**
   * Begins to describe a server of an unchanged program: its binds to the addresses of this server
   * are answered with the shared listeners. Needs prefork-adopt on this JVM's class path.
   *
   * @param jar an executable jar, as {@code java -jar} takes it
   * @param arguments given to its main
   */
  public static PreforkServerBuilder program(Path jar, List<String> arguments) {
    return new PreforkServerBuilder(ApplicationConfig.program(jar.toString(), arguments));
  }

  /**
   * Begins to describe a server whose workers are any executable: it gets the listeners as systemd
   * hands them over, from descriptor 3 on, LISTEN_FDS of them (docs/COMMANDS.md).
   *
   * @param words the executable, by its path or looked for in PATH, and its arguments; at least one
   */
  public static PreforkServerBuilder command(List<String> words) {
    return new PreforkServerBuilder(
        ApplicationConfig.command(words, PreforkServerBuilder.defaultOf(Options.READY_AFTER)));
  }

  static PreforkServer launch(ServerConfig config, List<Consumer<ServerEvent>> eventListeners) {
    ApplicationCheck.require(config);
    AccessLogCheck.require(config);
    Belongings belongings = Belongings.take(Posix.system(), config);
    try {
      ServerRun run = new ServerRun(belongings, eventListeners);
      run.begin();
      return new PreforkServer(run);
    } catch (RuntimeException e) {
      belongings.giveBack();
      throw e;
    }
  }

  /**
   * Waits until all wanted workers have been ready, or the start timeout is over with at least one:
   * the server then is degraded and keeps trying.
   *
   * @throws PreforkException with the first death's cause if no worker became ready; the server has
   *     then been stopped
   */
  PreforkServer awaitReady() {
    run.awaitReady();
    return this;
  }

  /** Completed when all wanted workers have been ready for the first time; else never. */
  public CompletionStage<Void> ready() {
    return run.ready().minimalCompletionStage();
  }

  /** Where it listens; the ports that the kernel chose, if it was asked to. */
  public List<SocketAddress> addresses() {
    return run.addresses();
  }

  /** Where the admin listener listens; empty if there is none. */
  public Optional<InetSocketAddress> adminAddress() {
    return Optional.ofNullable(run.admin()).map(AdminServer::address);
  }

  /** The server at this moment. */
  public ServerStatus status() {
    return run.supervisor().status();
  }

  /** All that is known of the server at this moment; also after its end. */
  public ServerSnapshot snapshot() {
    return run.monitor().snapshot();
  }

  /** The last quarter of an hour, second by second. */
  public ServerHistory history() {
    return run.monitor().history();
  }

  /** The certificates of the last 200 workers that ended, the oldest first. */
  public List<WorkerDeath> deaths() {
    return run.deaths().last();
  }

  /** How many workers have ended since the start, by cause. */
  public Map<WorkerDeath.Cause, Long> deathsByCause() {
    return run.deaths().byCause();
  }

  /**
   * Wants another worker in the place of a slot's: it goes as soon as another one is ready. Returns
   * at once.
   *
   * @param origin who asks, for the log
   */
  public void retire(int slot, String origin) {
    run.supervisor().retire(slot, origin);
  }

  /**
   * Wants just so many workers from now on; returns at once.
   *
   * @param workers 0 to the builder's {@code maxWorkers}; what lies outside is brought inside
   * @param origin who asks, for the log
   */
  public void resize(int workers, String origin) {
    run.supervisor().resize(workers, origin);
  }

  /**
   * Wants so many workers more, or fewer if negative; returns at once.
   *
   * @param change the wanted number stays within 0 and {@code maxWorkers}
   * @param origin who asks, for the log
   */
  public void resizeBy(int change, String origin) {
    run.supervisor().resizeBy(change, origin);
  }

  /**
   * Begins a graceful stop and returns at once: new connections are refused, open ones are finished
   * within the stop timeout. Asked again, it becomes immediate.
   *
   * @param origin who asks, for the log
   */
  public void stop(String origin) {
    run.supervisor().stop(origin);
  }

  /**
   * Begins an immediate stop and returns at once: open connections are cut.
   *
   * @param origin who asks, for the log
   */
  public void stopNow(String origin) {
    run.supervisor().stopNow(origin);
  }

  /**
   * Has the log files opened anew, after they were renamed; returns at once. The workers do so with
   * the access log, each when it has written what it has gathered, and so does the slow log's
   * thread; listeners are told by {@link ServerEvent.LogsReopened}.
   *
   * @param origin who asks, for the log
   */
  public void reopenLogs(String origin) {
    run.supervisor().reopenLogs(origin);
  }

  /** Makes a supervisor that is process 1 of a container look for orphans to collect. */
  public void childEnded() {
    run.supervisor().wake();
  }

  /**
   * Waits until the server has stopped: every worker is reaped, every descriptor closed.
   *
   * @return how it ended, and why
   */
  public ServerEvent.Stopped await() throws InterruptedException {
    try {
      return run.stopped().get();
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
      return run.stopped().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new AssertionError("the end is never completed with a failure", e); // cannot happen
    }
  }

  /** Stops gracefully, if it has not stopped yet, and waits for the end. */
  @Override
  public void close() {
    run.end();
  }
}
