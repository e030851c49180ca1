package dev.prefork.config;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The one table of options: parser, validation, builder and help text all come from it. */
public final class Options {
  private static final long MIB = 1L << 20;
  private static final ValueType<Duration> TIMEOUT =
      new ValueType.Time(Duration.ZERO, Duration.ofHours(24));
  private static final ValueType<Duration> POSITIVE_TIMEOUT =
      new ValueType.Time(Duration.ofMillis(10), Duration.ofHours(24));

  /** Where to listen. */
  public static final Option<String> LISTEN =
      new Option<>(
          "listen",
          new ValueType.Text("HOST:PORT"),
          "127.0.0.1:1978",
          true,
          "Listen on this address: 127.0.0.1:80, [::1]:80, name:80 (port 0 takes a free one),"
              + " unix:/run/app.sock.");

  /** How many workers. The original forks 8. */
  public static final Option<Integer> WORKERS =
      new Option<>(
          "workers", new ValueType.Count(1, 1_000), "8", false, "Keep this many workers alive.");

  /** The most that TTIN may grow the pool to. */
  public static final Option<Integer> MAX_WORKERS =
      new Option<>(
          "max-workers",
          new ValueType.Count(1, 4_000),
          "",
          false,
          "Let TTIN grow the pool to at most this many workers"
              + " (default 4 times the workers, at least 16).");

  /** The least that the load may shrink the pool to. */
  public static final Option<Integer> MIN_WORKERS =
      new Option<>(
          "min-workers",
          new ValueType.Count(1, 1_000),
          "",
          false,
          "Let the load decide between this many workers and max-workers"
              + " (default: the pool keeps its size).");

  /** Grow when fewer are idle. Apache's MinSpareServers, PHP-FPM's min_spare_servers. */
  public static final Option<Integer> MIN_SPARE =
      new Option<>(
          "min-spare",
          new ValueType.Count(1, 1_000),
          "1",
          false,
          "Grow a pool that follows the load when fewer workers than this are idle.");

  /** Shrink when more are idle. Apache's MaxSpareServers, PHP-FPM's max_spare_servers. */
  public static final Option<Integer> MAX_SPARE =
      new Option<>(
          "max-spare",
          new ValueType.Count(1, 1_000),
          "3",
          false,
          "Shrink a pool that follows the load when more workers than this are idle.");

  /** Ready workers that do not accept until they are needed. */
  public static final Option<Integer> SPARES =
      new Option<>(
          "spares",
          new ValueType.Count(0, 100),
          "1",
          false,
          "Keep this many workers warm beside the others: one takes over the moment another dies.");

  /** When a request is late. */
  public static final Option<Duration> SLOW_AFTER =
      new Option<>(
          "slow-after",
          POSITIVE_TIMEOUT,
          "",
          false,
          "Log a request that takes longer than this, with a thread dump of its worker"
              + " (default: none is).");

  /** When a request is too late. */
  public static final Option<Duration> REQUEST_TIMEOUT =
      new Option<>(
          "request-timeout",
          POSITIVE_TIMEOUT,
          "",
          false,
          "Kill and replace a worker whose request takes longer than this (default: none is). Of an"
              + " unchanged program that reports no requests, only threads that loop are found.");

  /** How much a worker may serve. */
  public static final Option<Integer> MAX_REQUESTS =
      new Option<>(
          "max-requests",
          new ValueType.Count(1, 1_000_000_000),
          "",
          false,
          "Replace a worker that has served this many requests, or up to a tenth more by chance"
              + " (default: none is).");

  /** How old a worker may get. */
  public static final Option<Duration> MAX_AGE =
      new Option<>(
          "max-age",
          new ValueType.Time(Duration.ofSeconds(1), Duration.ofDays(400)),
          "",
          false,
          "Replace a worker that is this old, or up to a tenth older by chance"
              + " (default: none is).");

  /** How large a worker may get. */
  public static final Option<Long> MAX_MEMORY =
      new Option<>(
          "max-memory",
          new ValueType.Size(8 * MIB, 1L << 40),
          "",
          false,
          "Replace a worker that keeps more memory than this: its own and its part of what it"
              + " shares (default: none is).");

  /** The kernel queue length asked for, listen(2). The original asks for 16. */
  public static final Option<Integer> BACKLOG =
      new Option<>(
          "backlog",
          new ValueType.Count(1, 65_535),
          "16",
          false,
          "Let the kernel queue this many connections that no worker has accepted yet.");

  /** Who may accept now. */
  public static final Option<AcceptMode> ACCEPT =
      new Option<>(
          "accept",
          new ValueType.Choice<>(AcceptMode.class),
          "kernel",
          false,
          "Let a connection wake one free worker, or one at a time accept under a lock: kernel, fcntl or flock.");

  /** Connections that one worker serves at a time. */
  public static final Option<Integer> CONCURRENCY =
      new Option<>(
          "concurrency",
          new ValueType.Count(1, 64),
          "1",
          false,
          "Let each worker serve this many connections at a time, a thread each"
              + " (of a WAR file: requests, 16 if nobody says).");

  /** The bound of a graceful stop; below the 30 s after which Kubernetes kills. */
  public static final Option<Duration> STOP_TIMEOUT =
      new Option<>(
          "stop-timeout",
          TIMEOUT,
          "25s",
          false,
          "Give a draining worker this long to finish its connections, then kill it.");

  /** The bound of a worker's start. */
  public static final Option<Duration> START_TIMEOUT =
      new Option<>(
          "start-timeout",
          POSITIVE_TIMEOUT,
          "30s",
          false,
          "Kill a worker that is not ready this long after its start"
              + " (of an executable jar or a WAR file: 90s if nobody says).");

  /** The one deadline of a connection. */
  public static final Option<Duration> CONNECTION_TIMEOUT =
      new Option<>(
          "connection-timeout",
          POSITIVE_TIMEOUT,
          "30s",
          false,
          "End a connection after this long: reading, computing and writing together.");

  /** A worker's heap. */
  public static final Option<Long> WORKER_HEAP =
      new Option<>(
          "worker-heap",
          new ValueType.Size(4 * MIB, 1L << 40),
          "64MiB",
          false,
          "Bound each worker's Java heap.");

  /** Options for the workers' JVM. */
  public static final Option<String> WORKER_JVM_OPTION =
      new Option<>(
          "worker-jvm-option",
          new ValueType.Text("OPTION"),
          "",
          true,
          "Give the workers' JVM this option, after Prefork's own.");

  /** The server's name. */
  public static final Option<String> NAME =
      new Option<>(
          "name",
          new ValueType.Text("NAME"),
          "",
          false,
          "Name this server; its runtime directory is called so"
              + " (default: the application and the first address).");

  /** Where pid file and crash files stand. */
  public static final Option<String> RUNTIME_DIR =
      new Option<>(
          "runtime-dir",
          new ValueType.Text("DIR"),
          "",
          false,
          "Keep the pid file and crash files here (default: $XDG_RUNTIME_DIR/prefork/NAME,"
              + " /run/prefork/NAME as root, else in the temporary directory).");

  /** Where ahead-of-time caches are kept. */
  public static final Option<String> AOT_CACHE =
      new Option<>(
          "aot-cache",
          new ValueType.Text("DIR"),
          "",
          false,
          "Keep the caches here from which the workers' JVM starts faster: a worker that never serves"
              + " trains one when it is missing, and a Spring Boot jar is unpacked for it; none for"
              + " none (default: $CACHE_DIRECTORY, $XDG_CACHE_HOME/prefork, /var/cache/prefork as"
              + " root, else ~/.cache/prefork).");

  /** What a program is asked in its training. */
  public static final Option<String> AOT_REQUEST =
      new Option<>(
          "aot-request",
          new ValueType.Text("REQUEST"),
          "",
          true,
          "Ask this of the worker that trains the AOT cache of an executable jar or a WAR file, so"
              + " that what answers it is in the cache too; none for nothing (default: GET /).");

  /** How log lines are written. */
  public static final Option<LogFormat> LOG_FORMAT =
      new Option<>(
          "log-format",
          new ValueType.Choice<>(LogFormat.class),
          "text",
          false,
          "Write log, access log and slow log as text or as JSON, one object a line.");

  /** Where the log goes. */
  public static final Option<String> LOG_FILE =
      new Option<>(
          "log-file",
          new ValueType.Text("FILE"),
          "",
          false,
          "Append the log to this file; USR1 reopens it (default: standard error).");

  /** Where the access log goes. */
  public static final Option<String> ACCESS_LOG =
      new Option<>(
          "access-log",
          new ValueType.Text("FILE"),
          "",
          false,
          "Append a line for each connection to this file, - for standard output; USR1 reopens it"
              + " (default: none).");

  /** Where late requests go. */
  public static final Option<String> SLOW_LOG =
      new Option<>(
          "slow-log",
          new ValueType.Text("FILE"),
          "",
          false,
          "Append what slow-after finds late to this file, with its worker's thread dump, and not"
              + " to the log; USR1 reopens it (default: the log has it).");

  /** Where the application's classes are. */
  public static final Option<String> CLASS_PATH =
      new Option<>(
          "class-path",
          new ValueType.Text("PATH"),
          "",
          false,
          "Find the application's classes here: jars and folders, separated by colons.");

  /** What {@code run} serves: a parameter of the command line, a key of the file. */
  public static final Option<String> APPLICATION =
      new Option<>(
          "application",
          new ValueType.Text("APPLICATION"),
          "",
          false,
          "A class on the class path that implements dev.prefork.ConnectionHandler, a jar whose"
              + " manifest names one as Prefork-Application, or any executable jar: the sockets that"
              + " it binds where the server listens are then the server's. Or a WAR file.");

  /** What a program's main gets. */
  public static final Option<String> ARGUMENT =
      new Option<>(
          "argument",
          new ValueType.Text("WORD"),
          "",
          true,
          "Give this to the main of an executable jar, or to the command after its own words.");

  /** Another executable to run: any that takes its listeners by LISTEN_FDS. */
  public static final Option<String> COMMAND =
      new Option<>(
          "command",
          new ValueType.Text("LINE"),
          "",
          false,
          "Run this program and its arguments in each worker instead of an application; it gets the"
              + " listeners as systemd hands them over (LISTEN_FDS). Split into words as a shell"
              + " does, but no shell is run.");

  /** When a command is ready that does not say so. */
  public static final Option<Duration> READY_AFTER =
      new Option<>(
          "ready-after",
          POSITIVE_TIMEOUT,
          "1s",
          false,
          "Take a command for ready this long after its start, or as soon as it says so (sd_notify,"
              + " READY=1); from start-timeout on its word alone counts.");

  /** What a program answers once it is ready. */
  public static final Option<String> READY_WHEN =
      new Option<>(
          "ready-when",
          new ValueType.Text("REQUEST"),
          "",
          false,
          "Take a worker of an executable jar for ready once it answers this request with a status"
              + " of 2xx or 3xx, as 'GET /health' (default: once it accepts).");

  /** What a program prints once it is ready. */
  public static final Option<String> READY_LOG =
      new Option<>(
          "ready-log",
          new ValueType.Text("REGEX"),
          "",
          false,
          "Take a worker of an executable jar for ready once it prints a line in which this regular"
              + " expression is found (default: once it accepts).");

  /** Open connections of one worker. */
  public static final Option<Integer> WORKER_CONNECTIONS =
      new Option<>(
          "worker-connections",
          new ValueType.Count(1, 1_000_000),
          "",
          false,
          "Let a worker of an executable jar have this many open connections at most; the others"
              + " take the next (default: any number).");

  /** How long the JVM of a program may not run. */
  public static final Option<Duration> HEARTBEAT_TIMEOUT =
      new Option<>(
          "heartbeat-timeout",
          new ValueType.Time(Duration.ofSeconds(2), Duration.ofHours(24)),
          "",
          false,
          "Kill and replace a worker of an executable jar whose JVM has not run for this long, as"
              + " one that is stopped (default: none is).");

  /** The configuration file; it can't name another one. */
  public static final Option<String> CONFIG =
      new Option<>(
          "config",
          new ValueType.Text("FILE"),
          "",
          false,
          "Read options from this TOML file; environment variables and flags override it.");

  /** Where those who look after the server may look at it. */
  public static final Option<String> ADMIN =
      new Option<>(
          "admin",
          new ValueType.Text("HOST:PORT"),
          "",
          false,
          "Serve probes, metrics and a page for people here, without a password;"
              + " a port alone is of 127.0.0.1 (default: nowhere).");

  private Options() {}

  /** What a configuration may say of the application; only {@code run} takes one. */
  public static List<Option<?>> application() {
    List<Option<?>> options =
        new ArrayList<>(List.of(APPLICATION, COMMAND, CLASS_PATH, ARGUMENT, READY_AFTER));
    options.addAll(WarOptions.all());
    return options;
  }

  /** The options that every server takes, in the order of the help text. */
  public static List<Option<?>> all() {
    return List.of(
        LISTEN,
        WORKERS,
        MAX_WORKERS,
        MIN_WORKERS,
        MIN_SPARE,
        MAX_SPARE,
        SPARES,
        BACKLOG,
        ACCEPT,
        CONCURRENCY,
        STOP_TIMEOUT,
        START_TIMEOUT,
        CONNECTION_TIMEOUT,
        READY_WHEN,
        READY_LOG,
        WORKER_CONNECTIONS,
        HEARTBEAT_TIMEOUT,
        SLOW_AFTER,
        REQUEST_TIMEOUT,
        MAX_REQUESTS,
        MAX_AGE,
        MAX_MEMORY,
        WORKER_HEAP,
        WORKER_JVM_OPTION,
        NAME,
        RUNTIME_DIR,
        AOT_CACHE,
        AOT_REQUEST,
        LOG_FORMAT,
        LOG_FILE,
        ACCESS_LOG,
        SLOW_LOG,
        ADMIN);
  }
}
