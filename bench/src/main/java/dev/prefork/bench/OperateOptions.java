package dev.prefork.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run of the experiments is asked for.
 *
 * @param prefork the command
 * @param experiments in their order
 * @param markdown where the report goes too
 */
record OperateOptions(Path prefork, List<Experiment> experiments, Optional<Path> markdown) {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final Duration QUICK_SOAK = Duration.ofSeconds(30);

  static final String USAGE =
      """
      usage: bench/operate [--only NAME,NAME] [--quick] [--minutes 10] [--markdown FILE]
      Measures how a running server is operated, one experiment after the other, on 127.0.0.1:
      spare, status, pool, timeout, recycle, soak, cost. --minutes is the length of the soak.
      --quick gives a first impression. Exits with 70 if a bar is missed.
      """;

  /** Reads the command line of {@code bench/operate}; {@code --prefork} is put in front of it. */
  static OperateOptions parse(String... args) {
    Path prefork = Path.of("prefork");
    Optional<List<String>> only = Optional.empty();
    boolean quick = false;
    Optional<Duration> soak = Optional.empty();
    Optional<Path> markdown = Optional.empty();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
    while (!left.isEmpty()) {
      String name = left.pop();
      switch (name) {
        case "--prefork" -> prefork = path(name, left);
        case "--only" -> only = Optional.of(List.of(value(name, left).split(",", -1)));
        case "--quick" -> quick = true;
        case "--minutes" ->
            soak =
                Optional.of(Duration.ofMinutes(Arguments.count(name, value(name, left), 1, 1_440)));
        case "--markdown" -> markdown = Optional.of(path(name, left));
        default -> throw Arguments.unknown(name, USAGE);
      }
    }
    List<Experiment> all = Experiment.all(quick, soak.orElse(quick ? QUICK_SOAK : SOAK));
    return new OperateOptions(prefork, chosen(all, only), markdown);
  }

  private static String value(String name, Deque<String> left) {
    return Arguments.value(name, left, USAGE);
  }

  private static Path path(String name, Deque<String> left) {
    return Arguments.path(name, left, USAGE);
  }

  private static List<Experiment> chosen(List<Experiment> all, Optional<List<String>> only) {
    if (only.isEmpty()) {
      return all;
    }
    List<String> unknown = new ArrayList<>(only.get());
    all.forEach(experiment -> unknown.remove(experiment.name()));
    if (!unknown.isEmpty()) {
      throw Arguments.usage(
          "--only must be some of "
              + all.stream().map(Experiment::name).collect(Collectors.joining(","))
              + " with commas between, not "
              + String.join(",", unknown));
    }
    return all.stream().filter(experiment -> only.get().contains(experiment.name())).toList();
  }
}
