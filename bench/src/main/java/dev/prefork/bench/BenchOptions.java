package dev.prefork.bench;

import dev.prefork.AcceptMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param prefork the command
 * @param original the Lisp file, if it is to be compared
 * @param originalPort the port that the Lisp file names
 * @param window the length of one measurement
 * @param warmUp of each side
 * @param rounds how often all sides take their turn
 * @param modes accept modes, each a side
 * @param markdown where the report goes too
 */
record BenchOptions(
    Path prefork,
    Optional<Path> original,
    int originalPort,
    Duration window,
    Duration warmUp,
    int rounds,
    List<AcceptMode> modes,
    Optional<Path> markdown) {

  static final String USAGE =
      """
      usage: bench/run [--original PATH] [--seconds 5] [--rounds 5] [--modes kernel,fcntl,flock]
                       [--warm-up 5] [--markdown FILE] [--original-port 1978]
      Compares this server in each accept mode with the 2004 original (a Lisp file, run by sbcl),
      in one run, on 127.0.0.1. Without --original only the accept modes are compared.
      --original-port is for a copy of the original whose source names another port.
      """;

  /** Reads the command line of {@code bench/run}, which puts {@code --prefork} in front. */
  static BenchOptions parse(String... args) {
    Path prefork = Path.of("prefork");
    Optional<Path> original = Optional.empty();
    int originalPort = Original.PORT;
    Duration window = Duration.ofSeconds(5);
    Duration warmUp = Duration.ofSeconds(5);
    int rounds = 5;
    List<AcceptMode> modes = List.of(AcceptMode.values());
    Optional<Path> markdown = Optional.empty();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
    while (!left.isEmpty()) {
      String name = left.pop();
      switch (name) {
        case "--prefork" -> prefork = Path.of(value(name, left)).toAbsolutePath();
        case "--original" -> original = Optional.of(Path.of(value(name, left)).toAbsolutePath());
        case "--original-port" ->
            originalPort = Arguments.count(name, value(name, left), 1, 65_535);
        case "--seconds" -> window = Arguments.seconds(name, value(name, left));
        case "--warm-up" -> warmUp = Arguments.seconds(name, value(name, left));
        case "--rounds" -> rounds = Arguments.count(name, value(name, left), 1, 100);
        case "--modes" -> modes = modes(value(name, left));
        case "--markdown" -> markdown = Optional.of(Path.of(value(name, left)).toAbsolutePath());
        default -> throw Arguments.unknown(name, USAGE);
      }
    }
    return new BenchOptions(
        prefork, original, originalPort, window, warmUp, rounds, modes, markdown);
  }

  private static String value(String name, Deque<String> left) {
    return Arguments.value(name, left, USAGE);
  }

  private static List<AcceptMode> modes(String text) {
    return Arrays.stream(text.split(",", -1)).map(BenchOptions::mode).distinct().toList();
  }

  private static AcceptMode mode(String text) {
    return Arrays.stream(AcceptMode.values())
        .filter(mode -> modeName(mode).equals(text))
        .findFirst()
        .orElseThrow(() ->
            Arguments.usage(
                "--modes must be some of kernel,fcntl,flock with commas between, not " + text));
  }

  /** As the command's {@code --accept} takes it. */
  static String modeName(AcceptMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
