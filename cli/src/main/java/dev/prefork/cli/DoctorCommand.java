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

  private Plan plan() {
    Settings settings = SettingsReader.read(parsed, env);
    int workers = value(settings, Options.WORKERS);
    Integer maxWorkers = settings.value(Options.MAX_WORKERS);
    List<String> listen = settings.texts(Options.LISTEN);
    return new Plan(
        workers,
        maxWorkers == null ? PoolConfig.defaultMax(workers) : maxWorkers,
        listen.size(),
        value(settings, Options.BACKLOG),
        value(settings, Options.CONCURRENCY),
        heap(settings),
        value(settings, Options.STOP_TIMEOUT),
        RuntimePaths.directory(
            settings.value(Options.RUNTIME_DIR),
            settings.value(Options.NAME),
            SettingsReader.DOCTOR,
            listen.getFirst(),
            env));
  }

  /** A worker JVM option wins, as it does in a worker. */
  private static long heap(Settings settings) {
    long heap = value(settings, Options.WORKER_HEAP);
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
