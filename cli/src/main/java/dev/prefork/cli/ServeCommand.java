package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.LogFormat;
import dev.prefork.PreforkException;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.examples.greeting.GreetingHandler;
import dev.prefork.posix.SocketAddresses;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * {@code prefork demo} and {@code prefork run}: options to a server, signals to requests, until the
 * end.
 */
final class ServeCommand {
  private static final String DEMO = "demo";

  /** The original serialises accept by a lock; it could as well use fcntl(2), it says. */
  private static final String DEMO_ACCEPT = "fcntl";

  private final ParseResult parsed;
  private final Map<String, String> env;
  private final PrintStream out;
  private final PrintStream err;

  ServeCommand(ParseResult parsed, Map<String, String> env, PrintStream out, PrintStream err) {
    this.parsed = parsed;
    this.env = env;
    this.out = out;
    this.err = err;
  }

  /** The default as the help text shows it: the two commands differ in one. */
  static String defaultText(String command, Option<?> option) {
    return command.equals(DEMO) && option.equals(Options.ACCEPT)
        ? DEMO_ACCEPT
        : option.defaultText();
  }

  /** Serves until stopped; returns the exit code. */
  int serve() {
    ServerLog log = serverLog();
    try (PreforkServer server = builder().onEvent(log).launch()) {
      SupervisorSignals.install(server, env, log);
      var _ = server.ready().thenRunAsync(() -> out.println(readyLine(server)));
      return server.await().status().code();
    } catch (IllegalArgumentException e) {
      throw new PreforkException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the main thread", e); // cannot happen
    }
  }

  private static String readyLine(PreforkServer server) {
    return "ready: "
        + server.status().wanted()
        + " workers on "
        + addresses(server.addresses())
        + ", supervisor pid "
        + ProcessHandle.current().pid();
  }

  private static String addresses(List<InetSocketAddress> addresses) {
    return addresses.stream().map(SocketAddresses::format).collect(Collectors.joining(", "));
  }

  private PreforkServerBuilder builder() {
    Application application = application();
    List<String> listen = values(Options.LISTEN);
    String firstAddress = listen.isEmpty() ? Options.LISTEN.defaultText() : listen.getFirst();
    PreforkServerBuilder builder =
        PreforkServer.builder(application.className())
            .workerClassPath(application.classPath().toArray(Path[]::new))
            .runtimeDirectory(
                RuntimePaths.directory(
                    value(Options.RUNTIME_DIR),
                    value(Options.NAME),
                    application.name(),
                    firstAddress,
                    env));
    listen.forEach(builder::listen);
    values(Options.WORKER_JVM_OPTION).forEach(builder::workerJvmOption);
    set(Options.WORKERS, builder::workers);
    set(Options.MAX_WORKERS, builder::maxWorkers);
    set(Options.MIN_WORKERS, builder::minWorkers);
    set(Options.MIN_SPARE, builder::minSpare);
    set(Options.MAX_SPARE, builder::maxSpare);
    set(Options.SPARES, builder::spares);
    set(Options.SLOW_AFTER, builder::slowAfter);
    set(Options.REQUEST_TIMEOUT, builder::requestTimeout);
    set(Options.MAX_REQUESTS, builder::maxRequests);
    set(Options.MAX_AGE, builder::maxAge);
    set(Options.MAX_MEMORY, builder::maxMemory);
    set(Options.BACKLOG, builder::backlog);
    set(Options.ACCEPT, builder::accept);
    set(Options.CONCURRENCY, builder::concurrency);
    set(Options.STOP_TIMEOUT, builder::stopTimeout);
    set(Options.START_TIMEOUT, builder::startTimeout);
    set(Options.CONNECTION_TIMEOUT, builder::connectionTimeout);
    set(Options.WORKER_HEAP, builder::workerHeap);
    set(Options.ACCESS_LOG, builder::accessLog);
    set(Options.LOG_FORMAT, builder::logFormat);
    return builder;
  }

  private ServerLog serverLog() {
    String format = value(Options.LOG_FORMAT);
    LogFormat logFormat =
        Options.LOG_FORMAT.parse(
            format == null ? Options.LOG_FORMAT.defaultText() : format, Options.LOG_FORMAT.flag());
    String file = value(Options.LOG_FILE);
    LogOutput output = file == null ? new LogOutput.Stream(err) : new LogFile(Path.of(file), err);
    return new ServerLog(LogLines.of(logFormat), output, InstantSource.system());
  }

  private Application application() {
    return isDemo()
        ? Application.bundled(GreetingHandler.class)
        : Application.named(parsed.matchedPositionalValue(0, ""), value(Options.CLASS_PATH));
  }

  private boolean isDemo() {
    return parsed.commandSpec().name().equals(DEMO);
  }

  private <T> void set(Option<T> option, Consumer<T> setter) {
    String text = value(option);
    if (text == null && isDemo() && option.equals(Options.ACCEPT)) {
      text = DEMO_ACCEPT;
    }
    if (text != null) {
      setter.accept(option.parse(text, option.flag()));
    }
  }

  private @Nullable String value(Option<?> option) {
    return parsed.hasMatchedOption(option.flag())
        ? parsed.<String>matchedOptionValue(option.flag(), null)
        : null;
  }

  private List<String> values(Option<?> option) {
    return parsed.matchedOptionValue(option.flag(), List.of());
  }
}
