package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.LogFormat;
import dev.prefork.PreforkException;
import dev.prefork.config.Options;
import dev.prefork.config.Problem;
import dev.prefork.config.Settings;
import dev.prefork.examples.greeting.GreetingHandler;
import dev.prefork.log.LogFile;
import dev.prefork.log.LogLines;
import dev.prefork.log.LogOutput;
import dev.prefork.posix.SocketAddresses;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.io.PrintStream;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code prefork demo} and {@code prefork run}: options to a server, signals to requests, until the
 * end.
 */
final class ServeCommand {
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

  /** Serves until stopped; returns the exit code. */
  int serve() {
    Settings settings = SettingsReader.read(parsed, env);
    ServerLog log = serverLog(settings);
    try (PreforkServer server = builder(settings).onEvent(log).launch()) {
      SupervisorSignals.install(server, env, log);
      var _ = server.ready().thenRunAsync(() -> out.println(readyLine(server)));
      return server.await().status().code();
    } catch (PreforkException e) {
      throw e.status() == ExitStatus.USAGE ? blamed(settings, e) : e;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the main thread", e); // cannot happen
    }
  }

  /** What only a start could tell is the mistake of whoever gave the value. */
  private static PreforkException blamed(Settings settings, PreforkException refused) {
    return Problem.refusal(List.of(settings.blame(String.valueOf(refused.getMessage()))));
  }

  private static String readyLine(PreforkServer server) {
    return "ready: "
        + server.status().wanted()
        + " workers on "
        + addresses(server.addresses())
        + ", supervisor pid "
        + ProcessHandle.current().pid();
  }

  private static String addresses(List<SocketAddress> addresses) {
    return addresses.stream().map(SocketAddresses::format).collect(Collectors.joining(", "));
  }

  private PreforkServerBuilder builder(Settings settings) {
    List<String> command = Command.words(settings);
    if (!command.isEmpty()) {
      Path directory = runtimeDirectory(Command.nameOf(command), settings);
      return configured(PreforkServer.command(command), directory, settings);
    }
    Application application = application(settings);
    Path directory = runtimeDirectory(application.name(), settings);
    return configured(builder(application, settings, directory), directory, settings);
  }

  private Path runtimeDirectory(String application, Settings settings) {
    return RuntimePaths.directory(
        settings.value(Options.RUNTIME_DIR),
        settings.value(Options.NAME),
        application,
        settings.texts(Options.LISTEN).getFirst(),
        env);
  }

  private PreforkServerBuilder configured(
      PreforkServerBuilder builder, Path runtimeDirectory, Settings settings) {
    ServerOptions.apply(settings, builder);
    Path caches = RuntimePaths.aotCaches(settings.value(Options.AOT_CACHE), env);
    if (caches != null) {
      var _ = builder.aotCache(caches);
    }
    return builder.runtimeDirectory(runtimeDirectory);
  }

  private static PreforkServerBuilder builder(
      Application application, Settings settings, Path runtimeDirectory) {
    List<Path> classPath = application.classPath();
    if (application.isWar()) {
      return WarProgram.builder(classPath.getFirst(), settings, runtimeDirectory);
    }
    WarProgram.requireNoOptions(application, settings);
    return application.handler() == null
        ? PreforkServer.program(classPath.getFirst(), settings.values(Options.ARGUMENT))
        : PreforkServer.builder(application.handler())
            .workerClassPath(classPath.toArray(Path[]::new));
  }

  private ServerLog serverLog(Settings settings) {
    LogFormat format = settings.value(Options.LOG_FORMAT);
    String file = settings.value(Options.LOG_FILE);
    return new ServerLog(
        LogLines.of(Objects.requireNonNullElse(format, LogFormat.TEXT)),
        file == null ? new LogOutput.Stream(err) : logFile(Path.of(file)),
        InstantSource.system(),
        settings.value(Options.SLOW_LOG) == null);
  }

  private LogFile logFile(Path path) {
    String option = Options.LOG_FILE.flag();
    return new LogFile("log file", path, option, text -> err.println("prefork: " + text));
  }

  private Application application(Settings settings) {
    if (parsed.commandSpec().name().equals(SettingsReader.DEMO)) {
      return Application.bundled(GreetingHandler.class);
    }
    String application = settings.value(Options.APPLICATION);
    if (application == null) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "say what to run: "
              + CommandTree.APPLICATION
              + ", --command, or the key application or command of a file (--config)");
    }
    return Application.named(application, settings.value(Options.CLASS_PATH));
  }
}
