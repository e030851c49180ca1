package dev.prefork.server;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.admin.AdminServer;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Limits;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.WorkerLauncher;
import dev.prefork.listen.ListenAddress;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a server. Every setter returns this builder and throws {@link IllegalArgumentException}
 * for a value out of range; ranges and defaults are those of the command's options.
 */
public final class PreforkServerBuilder {
  private final ApplicationConfig application;
  private final List<String> listen = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> workerJvmOptions = new ArrayList<>();
  private final List<Consumer<ServerEvent>> eventListeners = new ArrayList<>();
  private int workers = defaultOf(Options.WORKERS);
  private @Nullable Integer maxWorkers;
  private @Nullable Integer minWorkers;
  private int minSpare = defaultOf(Options.MIN_SPARE);
  private int maxSpare = defaultOf(Options.MAX_SPARE);
  private @Nullable Integer spares;
  private @Nullable Duration readyAfter;
  private @Nullable Duration slowAfter;
  private @Nullable Duration requestTimeout;
  private @Nullable Integer maxRequests;
  private @Nullable Duration maxAge;
  private @Nullable Long maxMemory;
  private int backlog = defaultOf(Options.BACKLOG);
  private AcceptMode accept = defaultOf(Options.ACCEPT);
  private int concurrency = defaultOf(Options.CONCURRENCY);
  private Duration stopTimeout = defaultOf(Options.STOP_TIMEOUT);
  private @Nullable Duration startTimeout;
  private Duration connectionTimeout = defaultOf(Options.CONNECTION_TIMEOUT);
  private @Nullable String readyWhen;
  private @Nullable String readyLog;
  private @Nullable Integer workerConnections;
  private @Nullable Duration heartbeatTimeout;
  private @Nullable Long workerHeap;
  private @Nullable Path runtimeDirectory;
  private @Nullable Path aotCache;
  private final List<String> aotRequests = new ArrayList<>();
  private @Nullable String admin;
  private @Nullable String accessLog;
  private @Nullable Path slowLog;
  private LogFormat logFormat = defaultOf(Options.LOG_FORMAT);

  PreforkServerBuilder(ApplicationConfig application) {
    this.application = application;
  }

  static <T> T defaultOf(Option<T> option) {
    return Objects.requireNonNull(option.defaultValue(), option.name());
  }

  /**
   * Listens here too: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code name:80}, {@code
   * unix:/run/app.sock}; default 127.0.0.1:1978.
   */
  public PreforkServerBuilder listen(String address) {
    listen.add(Options.LISTEN.check(address));
    ListenAddress.check(address); // refused before anything is made for it
    return this;
  }

  /** Keeps so many workers alive, 1 to 1000; default 8. */
  public PreforkServerBuilder workers(int count) {
    workers = Options.WORKERS.check(count);
    return this;
  }

  /** Resizes to at most so many workers; default 4 times the workers, at least 16. */
  public PreforkServerBuilder maxWorkers(int count) {
    maxWorkers = Options.MAX_WORKERS.check(count);
    return this;
  }

  /**
   * Lets the load decide between so many workers and {@code maxWorkers}, 1 to 1000; default: the
   * pool keeps its size.
   */
  public PreforkServerBuilder minWorkers(int count) {
    minWorkers = Options.MIN_WORKERS.check(count);
    return this;
  }

  /** Grows a pool that follows the load when fewer workers are idle, 1 to 1000; default 1. */
  public PreforkServerBuilder minSpare(int count) {
    minSpare = Options.MIN_SPARE.check(count);
    return this;
  }

  /** Shrinks a pool that follows the load when more workers are idle, 1 to 1000; default 3. */
  public PreforkServerBuilder maxSpare(int count) {
    maxSpare = Options.MAX_SPARE.check(count);
    return this;
  }

  /**
   * Keeps so many workers ready beside those that accept, 0 to 100; default 1. A command has none:
   * whoever is ready accepts.
   */
  public PreforkServerBuilder spares(int count) {
    spares = Options.SPARES.check(count);
    return this;
  }

  /**
   * Takes a command for ready so long after its start, unless it says so before, 10 ms to 24 h;
   * default 1 s. From the start timeout on its word alone counts.
   */
  public PreforkServerBuilder readyAfter(Duration time) {
    readyAfter = Options.READY_AFTER.check(time);
    return this;
  }

  /** Logs a request that takes longer, with a thread dump, from 10 ms; default: none is. */
  public PreforkServerBuilder slowAfter(Duration time) {
    slowAfter = Options.SLOW_AFTER.check(time);
    return this;
  }

  /** Kills a worker whose request takes longer, from 10 ms; default: none is. */
  public PreforkServerBuilder requestTimeout(Duration timeout) {
    requestTimeout = Options.REQUEST_TIMEOUT.check(timeout);
    return this;
  }

  /** Replaces a worker that has served so many requests, from 1; default: none is. */
  public PreforkServerBuilder maxRequests(int requests) {
    maxRequests = Options.MAX_REQUESTS.check(requests);
    return this;
  }

  /** Replaces a worker that is so old, from 1 s; default: none is. */
  public PreforkServerBuilder maxAge(Duration age) {
    maxAge = Options.MAX_AGE.check(age);
    return this;
  }

  /** Replaces a worker that keeps more memory, in bytes, from 8 MiB; default: none is. */
  public PreforkServerBuilder maxMemory(long bytes) {
    maxMemory = Options.MAX_MEMORY.check(bytes);
    return this;
  }

  /** Asks for a kernel queue of this length, listen(2); default 16, as the original. */
  public PreforkServerBuilder backlog(int length) {
    backlog = Options.BACKLOG.check(length);
    return this;
  }

  /** Chooses who may accept now; default {@link AcceptMode#KERNEL}. */
  public PreforkServerBuilder accept(AcceptMode mode) {
    accept = Options.ACCEPT.check(mode);
    return this;
  }

  /** Lets each worker serve so many connections at a time, a thread each, 1 to 64; default 1. */
  public PreforkServerBuilder concurrency(int connections) {
    concurrency = Options.CONCURRENCY.check(connections);
    return this;
  }

  /** Gives a draining worker so long before it is killed, 0 to 24 h; default 25 s. */
  public PreforkServerBuilder stopTimeout(Duration timeout) {
    stopTimeout = Options.STOP_TIMEOUT.check(timeout);
    return this;
  }

  /**
   * Kills a worker that is not ready so long after its start, 10 ms to 24 h; default 30 s, of a
   * program 90 s.
   */
  public PreforkServerBuilder startTimeout(Duration timeout) {
    startTimeout = Options.START_TIMEOUT.check(timeout);
    return this;
  }

  /** Ends a connection after so long, 10 ms to 24 h; default 30 s. */
  public PreforkServerBuilder connectionTimeout(Duration timeout) {
    connectionTimeout = Options.CONNECTION_TIMEOUT.check(timeout);
    return this;
  }

  /**
   * Takes a program for ready once it answers {@code GET /path} with a status of 2xx or 3xx;
   * default: once it accepts.
   */
  public PreforkServerBuilder readyWhen(String request) {
    readyWhen = ProgramConfig.pathOf(Options.READY_WHEN, Options.READY_WHEN.check(request));
    return this;
  }

  /**
   * Takes a program for ready once it prints a line in which this regular expression is found;
   * default: once it accepts.
   */
  public PreforkServerBuilder readyLog(String regex) {
    readyLog = ProgramConfig.checkedRegex(Options.READY_LOG.check(regex));
    return this;
  }

  /** Lets each worker of a program have so many open connections, from 1; default: any number. */
  public PreforkServerBuilder workerConnections(int connections) {
    workerConnections = Options.WORKER_CONNECTIONS.check(connections);
    return this;
  }

  /** Kills a worker of a program whose JVM has not run for so long, from 2 s; default: none is. */
  public PreforkServerBuilder heartbeatTimeout(Duration timeout) {
    heartbeatTimeout = Options.HEARTBEAT_TIMEOUT.check(timeout);
    return this;
  }

  /** Bounds each worker's Java heap, in bytes, from 4 MiB; default 64 MiB. */
  public PreforkServerBuilder workerHeap(long bytes) {
    workerHeap = Options.WORKER_HEAP.check(bytes);
    return this;
  }

  /** Gives the workers' JVM this option too, after Prefork's own; the last of a kind wins. */
  public PreforkServerBuilder workerJvmOption(String option) {
    workerJvmOptions.add(Options.WORKER_JVM_OPTION.check(option));
    return this;
  }

  /** Lets the workers find the application here; default this JVM's class path. */
  public PreforkServerBuilder workerClassPath(Path... entries) {
    classPath.addAll(List.of(entries));
    return this;
  }

  /**
   * Keeps pid file and crash files here, locked against a second server; default: none are kept.
   */
  public PreforkServerBuilder runtimeDirectory(Path directory) {
    runtimeDirectory = directory;
    return this;
  }

  /**
   * Keeps an ahead-of-time cache of the application's classes in this directory, from which workers
   * start faster; where there is none yet, a worker that never serves is started beside the first
   * ones to train it (it finds the system property {@code prefork.training}). The executable jar of
   * a Spring Boot application is unpacked there, and run so. Default: none.
   */
  public PreforkServerBuilder aotCache(Path directory) {
    aotCache = directory.toAbsolutePath();
    return this;
  }

  /**
   * Asks this of the worker of a program that trains its ahead-of-time cache, so that what answers
   * it is in the cache too; {@code none} for nothing. May be called several times. Default: {@code
   * GET /}.
   */
  public PreforkServerBuilder aotRequest(String request) {
    String checked = Options.AOT_REQUEST.check(request);
    var _ = ProgramConfig.aotPathsOf(List.of(checked)); // refused at once
    aotRequests.add(checked);
    return this;
  }

  /**
   * Appends a line for each connection to this file, or to this process's standard output if it is
   * {@code -}; default: none. See {@link PreforkServer#reopenLogs}.
   */
  public PreforkServerBuilder accessLog(String file) {
    if (file.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "access-log must be a path on one line, not " + file.replace("\n", "\\n"));
    }
    String checked = Options.ACCESS_LOG.check(file);
    accessLog = checked.equals("-") ? checked : Path.of(checked).toAbsolutePath().toString();
    return this;
  }

  /**
   * Appends the requests that {@code slowAfter} finds late to this file, each with the thread dump
   * of its worker; default: {@link ServerEvent.RequestLate} alone tells them. See {@link
   * PreforkServer#reopenLogs}.
   */
  public PreforkServerBuilder slowLog(Path file) {
    slowLog = file.toAbsolutePath();
    return this;
  }

  /** Chooses how access log and slow log are written; default {@link LogFormat#TEXT}. */
  public PreforkServerBuilder logFormat(LogFormat format) {
    logFormat = Options.LOG_FORMAT.check(format);
    return this;
  }

  /**
   * Serves probes, metrics and a page for people on this address, to everybody who reaches it:
   * {@code 127.0.0.1:9978}, or a port alone, which is one of 127.0.0.1; default: nowhere.
   */
  public PreforkServerBuilder admin(String address) {
    admin = Options.ADMIN.check(address);
    AdminServer.check(address); // refused before anything is made for it
    return this;
  }

  /** Tells this listener what happens, on a thread of its own. May be called several times. */
  public PreforkServerBuilder onEvent(Consumer<ServerEvent> listener) {
    eventListeners.add(listener);
    return this;
  }

  /**
   * Starts the server and waits until all wanted workers have been ready, or until the start
   * timeout is over with at least one of them: the server then serves degraded and keeps trying.
   *
   * @throws PreforkException (unavailable) if a listener is not to be had; (configuration) if the
   *     workers' class path has no such handler, or they refuse it; (failed) with the first death's
   *     cause if no worker became ready. Nothing is left behind then.
   */
  public PreforkServer start() {
    return launch().awaitReady();
  }

  /** As {@link #start}, but returns as soon as the listeners are open; failures end the server. */
  public PreforkServer launch() {
    ServerConfig config = config();
    config.program().checkFor(application);
    return PreforkServer.launch(config, eventListeners);
  }

  /**
   * Checks that what was set fits together, and starts nothing. Addresses are not bound, and the
   * application is not looked for.
   *
   * @throws IllegalArgumentException if values exclude each other
   * @throws PreforkException (usage) if options for the workers' JVM do
   */
  public PreforkServerBuilder check() {
    ServerConfig config = config();
    if (!config.application().isCommand()) {
      WorkerLauncher.check(config, System.getenv());
    }
    return this;
  }

  /** All that was set, and the defaults for the rest. */
  ServerConfig config() {
    ServerConfig config = uncheckedConfig();
    if (application.isCommand()) {
      CommandCheck.require(config);
    }
    return config;
  }

  private ServerConfig uncheckedConfig() {
    return new ServerConfig(
        application(),
        classPath.isEmpty() ? ownClassPath() : classPath,
        listen.isEmpty() ? List.of(defaultOf(Options.LISTEN)) : listen,
        pool(),
        backlog,
        accept,
        concurrency,
        stopTimeout,
        startTimeout(),
        connectionTimeout,
        new ProgramConfig(
            Optional.ofNullable(readyWhen),
            Optional.ofNullable(readyLog),
            Optional.ofNullable(workerConnections),
            Optional.ofNullable(heartbeatTimeout),
            aotPaths()),
        new Limits(
            Optional.ofNullable(slowAfter),
            Optional.ofNullable(requestTimeout),
            Optional.ofNullable(maxRequests),
            Optional.ofNullable(maxAge),
            Optional.ofNullable(maxMemory)),
        Optional.ofNullable(workerHeap),
        workerJvmOptions,
        Optional.ofNullable(runtimeDirectory),
        Optional.ofNullable(aotCache),
        Optional.ofNullable(accessLog),
        slowLog(),
        logFormat,
        Optional.ofNullable(admin));
  }

  private ApplicationConfig application() {
    if (readyAfter == null) {
      return application;
    }
    if (!application.isCommand()) {
      throw new IllegalArgumentException(
          "ready-after needs a command: any other application says itself when it is ready");
    }
    return ApplicationConfig.command(application.words(), readyAfter);
  }

  private List<String> aotPaths() {
    boolean asked = application.isProgram() || !aotRequests.isEmpty();
    return asked ? ProgramConfig.aotPathsOf(aotRequests) : List.of();
  }

  private Duration startTimeout() {
    if (startTimeout == null) {
      return application.isProgram()
          ? ProgramConfig.START_TIMEOUT
          : defaultOf(Options.START_TIMEOUT);
    }
    return startTimeout;
  }

  private PoolConfig pool() {
    PoolConfig pool = PoolConfig.of(workers, minWorkers, maxWorkers, minSpare, maxSpare, spares());
    requireAtLeast("max-workers", pool.max(), "workers", workers);
    if (pool.followsLoad()) {
      requireAtLeast("workers", workers, "min-workers", pool.min());
      requireAtLeast("max-spare", maxSpare, "min-spare", minSpare);
    }
    return pool;
  }

  private int spares() {
    if (spares == null) {
      return application.isCommand() ? 0 : defaultOf(Options.SPARES);
    }
    return spares;
  }

  private Optional<Path> slowLog() {
    if (slowLog != null && slowAfter == null) {
      throw new IllegalArgumentException(
          "slow-log needs slow-after, which says when a request is late");
    }
    return Optional.ofNullable(slowLog);
  }

  private static void requireAtLeast(String name, int value, String other, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be at least " + other + " (" + least + "), not " + value);
    }
  }

  private static List<Path> ownClassPath() {
    List<Path> entries = new ArrayList<>();
    String both =
        System.getProperty("java.class.path", "")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    for (String entry : both.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!entry.isEmpty() && Files.exists(path)) {
        entries.add(path);
      }
    }
    return entries;
  }
}
