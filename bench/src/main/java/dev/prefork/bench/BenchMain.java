package dev.prefork.bench;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.bench.Console.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares this server in each accept mode with the original: what {@code bench/run} runs. */
public final class BenchMain {
  private static final int REPLACEMENTS = 10;

  /** What a side may take beside its measurements: starts, stops, replacements. */
  private static final Duration SLACK_PER_SIDE = Duration.ofMinutes(5);

  private final BenchOptions options;
  private final Console console;

  private BenchMain(BenchOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /**
   * Runs the comparison; prints the report on standard output, progress on standard error.
   *
   * @param args see {@code bench/run --help}
   */
  public static void main(String[] args) {
    Console.main(console -> run(args, System.getenv(), console));
  }

  static int run(String[] args, Map<String, String> env, Console console) {
    return console.run(
        args,
        BenchOptions.USAGE,
        () -> {
          BenchOptions options = BenchOptions.parse(args);
          Report report = new BenchMain(options, console).measure(env);
          return new Findings(report.toString(), options.markdown(), ExitStatus.OK);
        });
  }

  private Report measure(Map<String, String> env) {
    Console.requireCommand(options.prefork());
    Belongings belongings = console.belongings();
    Machine machine = Machine.describe();
    WorkDirectory directory = belongings.keep(WorkDirectory::create);
    Optional<Original> original = original(env, directory.path());
    List<Side> sides = new ArrayList<>();
    original.ifPresent(sides::add);
    for (AcceptMode mode : options.modes()) {
      sides.add(new PreforkDemo(options.prefork(), BenchOptions.modeName(mode), directory.path()));
    }
    limitTime(sides.size());
    List<Footprint> footprints = new ArrayList<>();
    for (Side side : sides) {
      console.progress("start and memory of " + side.name());
      footprints.add(Footprint.measure(side, this::warmUp, belongings));
    }
    List<Replacement> replacements = new ArrayList<>();
    console.progress("replacement of killed workers");
    original.ifPresent(
        one -> replacements.add(Replacement.ofOriginal(one, REPLACEMENTS, belongings)));
    for (AcceptMode mode : options.modes()) {
      replacements.add(Replacement.ofPrefork(mode, REPLACEMENTS, belongings));
    }
    return new Report(machine, options, rounds(sides), footprints, replacements);
  }

  private void warmUp(RunningServer server) {
    var _ = GreetingLoad.measure(server.port(), Rounds.CLIENTS.getFirst(), options.warmUp());
  }

  private Optional<Original> original(Map<String, String> env, Path directory) {
    if (options.original().isEmpty()) {
      return Optional.empty();
    }
    Path source = options.original().get();
    if (!Files.isReadable(source)) {
      throw Arguments.usage("--original: " + source + " can't be read");
    }
    Path sbcl = Original.findSbcl(env.getOrDefault("PATH", ""));
    Original original = new Original(sbcl, source, options.originalPort(), directory);
    original.requireFreePort();
    return Optional.of(original);
  }

  private List<Sample> rounds(List<Side> sides) {
    List<RunningServer> servers = new ArrayList<>();
    for (Side side : sides) {
      servers.add(side.start(console.belongings()));
    }
    Rounds rounds = new Rounds(servers, console::progress);
    rounds.warmUp(options.warmUp());
    return rounds.measure(options.rounds(), options.window());
  }

  private void limitTime(int sides) {
    Duration load =
        options
            .window()
            .multipliedBy((long) options.rounds() * Rounds.CLIENTS.size())
            .plus(options.warmUp().multipliedBy(2));
    console.limitTime(load.multipliedBy(2).plus(SLACK_PER_SIDE).multipliedBy(sides));
  }
}
