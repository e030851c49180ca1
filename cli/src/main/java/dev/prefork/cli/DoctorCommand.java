package dev.prefork.cli;

import dev.prefork.cli.doctor.Doctor;
import dev.prefork.cli.doctor.Plan;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.Settings;
import dev.prefork.config.Units;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** {@code prefork doctor}: is this machine right for a server of these options? */
final class DoctorCommand {
  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d{1,9})([kKmMgG])");

  private final ParseResult parsed;
  private final Map<String, String> env;
  private final PrintStream out;

  DoctorCommand(ParseResult parsed, Map<String, String> env, PrintStream out) {
    this.parsed = parsed;
    this.env = env;
    this.out = out;
  }

  /** Checks; returns the exit code. */
  int check() {
    return Doctor.ofThisMachine(env).check(plan(), parsed.hasMatchedOption(CommandTree.JSON), out);
  }

  /** What is to be checked. */
  Plan plan() {
    Settings settings = SettingsReader.read(parsed, env);
    Plan.Kind kind = kind(settings);
    List<String> listen = settings.texts(Options.LISTEN);
    return new Plan(
        kind,
        pool(settings, kind),
        listen.size(),
        value(settings, Options.BACKLOG),
        connections(settings, kind),
        heap(settings, kind),
        value(settings, Options.STOP_TIMEOUT),
        RuntimePaths.directory(
            settings.value(Options.RUNTIME_DIR),
            settings.value(Options.NAME),
            Objects.requireNonNullElse(
                ConfigCommand.applicationName(settings), SettingsReader.DOCTOR),
            listen.getFirst(),
            env));
  }

  /** Handlers, if nobody says what is to be served. */
  private static Plan.Kind kind(Settings settings) {
    if (!settings.given(Options.COMMAND).isEmpty()) {
      return Plan.Kind.COMMAND;
    }
    String application = settings.value(Options.APPLICATION);
    boolean isProgram =
        application != null
            && Application.isFile(application)
            && Application.named(application, null).handler() == null;
    return isProgram ? Plan.Kind.PROGRAM : Plan.Kind.HANDLER;
  }

  private static PoolConfig pool(Settings settings, Plan.Kind kind) {
    // A command that is given some was refused before.
    int spares = kind == Plan.Kind.COMMAND ? 0 : value(settings, Options.SPARES);
    return PoolConfig.of(
        value(settings, Options.WORKERS),
        settings.value(Options.MIN_WORKERS),
        settings.value(Options.MAX_WORKERS),
        value(settings, Options.MIN_SPARE),
        value(settings, Options.MAX_SPARE),
        spares);
  }

  /** Of a program as many as come, if nobody bounds them: one is the least to ask for. */
  private static int connections(Settings settings, Plan.Kind kind) {
    Integer bound = settings.value(Options.WORKER_CONNECTIONS);
    return kind == Plan.Kind.PROGRAM && bound != null
        ? bound
        : value(settings, Options.CONCURRENCY);
  }

  /** A worker JVM option wins, as it does in a worker. */
  private static long heap(Settings settings, Plan.Kind kind) {
    boolean isPart = kind == Plan.Kind.PROGRAM && settings.value(Options.WORKER_HEAP) == null;
    long heap = isPart ? 0 : value(settings, Options.WORKER_HEAP);
    for (String option : settings.values(Options.WORKER_JVM_OPTION)) {
      Matcher bound = HEAP.matcher(option);
      if (bound.matches()) {
        String unit = bound.group(2).toUpperCase(Locale.ROOT) + "iB";
        heap = Objects.requireNonNullElse(Units.parseSize(bound.group(1) + unit), heap);
      }
    }
    return heap;
  }

  private static <T> T value(Settings settings, Option<T> option) {
    T value = settings.value(option);
    return value == null ? Objects.requireNonNull(option.defaultValue(), option.name()) : value;
  }
}
