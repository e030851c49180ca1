package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.bench.Console.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares HTTP servers, preforked and not: what {@code bench/http} runs. */
public final class HttpMain {
  /** What a side may take beside its loads: starts, stops, replacements. */
  private static final Duration SLACK_PER_SIDE = Duration.ofMinutes(5);

  /** Of each JVM, where no rate is measured. */
  private static final Duration SHORT_LOAD = Duration.ofSeconds(1);

  private final HttpOptions options;
  private final Console console;
  private final List<String> failures = new ArrayList<>();

  private HttpMain(HttpOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /**
   * Runs the comparison; prints the report on standard output, progress on standard error.
   *
   * @param args see {@code bench/http --help}
   */
  public static void main(String[] args) {
    Console.main(console -> run(args, System.getenv(), console));
  }

  static int run(String[] args, Map<String, String> env, Console console) {
    return console.run(
        args,
        HttpOptions.USAGE,
        () -> {
          HttpOptions options = HttpOptions.parse(args);
          CommandPath commands = new CommandPath(env.getOrDefault("PATH", ""));
          HttpReport report = new HttpMain(options, console).measure(commands);
          options.chart().ifPresent(file -> Console.write(file, report.chart().toString()));
          ExitStatus status = report.missed() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          return new Findings(report.toString(), options.markdown(), status);
        });
  }

  private HttpReport measure(CommandPath commands) {
    Console.requireCommand(options.prefork());
    Belongings belongings = console.belongings();
    Machine machine = Machine.describe();
    Path directory = belongings.keep(WorkDirectory::create).path();
    HttpSides sides = HttpSides.find(options, directory, commands);
    limitTime(sides.all());
    List<Footprint> footprints = new ArrayList<>();
    List<WorkerSpawn> spawns = new ArrayList<>();
    List<Disturbance> disturbances = new ArrayList<>();
    if (options.measures("footprint")) {
      sides.all().forEach(side -> footprint(side).ifPresent(footprints::add));
    }
    if (options.measures("spawn")) {
      options.programs().forEach(program -> spawn(program, directory).ifPresent(spawns::add));
    }
    if (options.measures("disturbance")) {
      sides
          .disturbed(options.clients())
          .forEach(side -> disturbance(side).ifPresent(disturbances::add));
    }
    List<HttpSample> samples = options.measures("load") ? rounds(sides.all()) : List.of();
    return new HttpReport(
        machine, options, sides, samples, footprints, spawns, disturbances, failures);
  }

  /** One that fails is no reason not to do the others. */
  private <T> Optional<T> attempt(String what, Supplier<T> measurement) {
    console.progress(what);
    try {
      return Optional.of(measurement.get());
    } catch (PreforkException e) {
      if (console.belongings().isInterrupted()) {
        throw e;
      }
      console.progress(what + " failed: " + e.getMessage());
      failures.add(what + " failed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Footprint> footprint(HttpSide side) {
    return attempt(
        "start and memory of " + side.name(),
        () ->
            Footprint.measure(
                side,
                server -> HttpRounds.warmUp(side, server, options.clients(), SHORT_LOAD),
                console.belongings()));
  }

  private Optional<WorkerSpawn> spawn(String program, Path directory) {
    List<String> one = List.of("--spares", "0");
    List<String> quick = new ArrayList<>(one);
    QuickestStart.JVM_OPTIONS.forEach(option -> quick.add("--worker-jvm-option=" + option));
    Path quickDirectory = console.belongings().keep(WorkDirectory::create).path();
    return attempt(
        "spawns of a worker of " + program,
        () ->
            WorkerSpawn.measure(
                onlyWorker(program, one, directory),
                onlyWorker(program, quick, quickDirectory),
                QuickestStart.train(new LoneProgram(program, directory), console.belongings()),
                console.belongings()));
  }

  private PreforkedProgram onlyWorker(String program, List<String> words, Path directory) {
    return PreforkedProgram.of(options.prefork(), program, 1, words, directory);
  }

  private Optional<Disturbance> disturbance(HttpSide side) {
    return attempt(
        "a kill and a replacement under load: " + side.name(),
        () -> Disturbance.measure(side, options.clients(), SHORT_LOAD, console.belongings()));
  }

  private List<HttpSample> rounds(List<HttpSide> sides) {
    HttpRounds rounds = new HttpRounds(options.clients(), console::progress);
    rounds.start(sides.stream().map(HttpSide::underLoad).toList(), console.belongings());
    rounds.warmUp(options.warmUp());
    return rounds.measure(options.rounds(), options.window());
  }

  private void limitTime(List<HttpSide> sides) {
    Duration load =
        options
            .window()
            .multipliedBy((long) options.rounds() * Workload.all().size())
            .plus(options.window().multipliedBy(8))
            .multipliedBy(sides.size());
    long compilers = sides.stream().mapToLong(HttpSide::compilers).sum();
    Duration warmUps = options.warmUp().multipliedBy(compilers);
    Duration slack = SLACK_PER_SIDE.multipliedBy(sides.size());
    console.limitTime(load.plus(warmUps).multipliedBy(2).plus(slack));
  }
}
