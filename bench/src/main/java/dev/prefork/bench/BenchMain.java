package dev.prefork.bench;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.PrintStream;
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
  private final PrintStream err;
  private final Belongings belongings;

  private BenchMain(BenchOptions options, PrintStream err, Belongings belongings) {
    this.options = options;
    this.err = err;
    this.belongings = belongings;
  }

  /**
   * Runs the comparison; prints the report on standard output, progress on standard error.
   *
   * @param args see {@code bench/run --help}
   */
  public static void main(String[] args) {
    Belongings belongings = new Belongings();
    Runtime.getRuntime().addShutdownHook(new Thread(belongings::interrupt, "end-of-all-servers"));
    System.exit(run(args, System.getenv(), System.out, System.err, belongings));
  }

  static int run(
      String[] args,
      Map<String, String> env,
      PrintStream out,
      PrintStream err,
      Belongings belongings) {
    if (List.of(args).contains("--help")) {
      out.print(BenchOptions.USAGE);
      return ExitStatus.OK.code();
    }
    try (belongings) {
      BenchOptions options = BenchOptions.parse(args);
      String report = new BenchMain(options, err, belongings).measure(env).toString();
      out.print(report);
      if (options.markdown().isPresent()) {
        Files.writeString(options.markdown().get(), report);
      }
      return ExitStatus.OK.code();
    } catch (PreforkException e) {
      if (!belongings.isInterrupted()) {
        err.println("bench: " + e.getMessage());
      }
      return e.status().code();
    } catch (IOException e) {
      err.println("bench: could not write: " + e);
      return ExitStatus.FAILED.code();
    }
  }

  private Report measure(Map<String, String> env) {
    if (!Files.isExecutable(options.prefork())) {
      throw Arguments.usage("--prefork: " + options.prefork() + " is no command");
    }
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
      progress("start and memory of " + side.name());
      footprints.add(Footprint.measure(side, options.warmUp(), belongings));
    }
    List<Replacement> replacements = new ArrayList<>();
    progress("replacement of killed workers");
    original.ifPresent(
        one -> replacements.add(Replacement.ofOriginal(one, REPLACEMENTS, belongings)));
    for (AcceptMode mode : options.modes()) {
      replacements.add(Replacement.ofPrefork(mode, REPLACEMENTS, belongings));
    }
    return new Report(machine, options, rounds(sides), footprints, replacements);
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
      servers.add(side.start(belongings));
    }
    Rounds rounds = new Rounds(servers, this::progress);
    rounds.warmUp(options.warmUp());
    return rounds.measure(options.rounds(), options.window());
  }

  /** Ends the run, and all that it started, if it hangs. */
  private void limitTime(int sides) {
    Duration load =
        options
            .window()
            .multipliedBy((long) options.rounds() * Rounds.CLIENTS.size())
            .plus(options.warmUp().multipliedBy(2));
    Duration limit = load.multipliedBy(2).plus(SLACK_PER_SIDE).multipliedBy(sides);
    Thread.ofPlatform()
        .daemon()
        .name("time-limit")
        .start(() -> {
          if (!Waiting.sleep(limit)) {
            return;
          }
          err.println("bench: not done within " + limit + ": given up");
          System.exit(ExitStatus.FAILED.code());
        });
  }

  private void progress(String line) {
    err.println("bench: " + line);
  }
}
