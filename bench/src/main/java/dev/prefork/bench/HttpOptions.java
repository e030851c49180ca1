package dev.prefork.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param prefork the command
 * @param programs which are run alone and preforked
 * @param clients of each load
 * @param window the length of one measurement
 * @param warmUp of each JVM of each side
 * @param rounds how often all sides take their turn
 * @param only what is measured, of {@link #PARTS}
 * @param markdown where the report goes too
 * @param chart where the chart goes
 */
record HttpOptions(
    Path prefork,
    List<String> programs,
    int clients,
    Duration window,
    Duration warmUp,
    int rounds,
    List<String> only,
    Optional<Path> markdown,
    Optional<Path> chart) {
  static final List<String> PARTS = List.of("footprint", "spawn", "disturbance", "load");

  private static final List<String> PROGRAMS = List.of("jetty", "netty", "jdk", "robaho");

  static final String USAGE =
      """
      usage: bench/http [--programs jetty,netty] [--clients 16] [--seconds 3] [--rounds 3]
                        [--warm-up 12] [--only footprint,spawn,disturbance,load]
                        [--markdown FILE] [--chart FILE.svg]
      Compares HTTP servers on 127.0.0.1, in one run: programs (jetty, netty, jdk,
      robaho) alone and preforked with 2, 4 and 8 workers, and nginx, Apache, gunicorn, unicorn and
      uWSGI where they are installed. Exits with 70 if a bar is missed.
      """;

  HttpOptions {
    programs = List.copyOf(programs);
    only = List.copyOf(only);
  }

  /** Reads the command line of {@code bench/http}; {@code --prefork} is put in front of it. */
  static HttpOptions parse(String... args) {
    Path prefork = Path.of("prefork");
    List<String> programs = List.of("jetty", "netty");
    int clients = 16;
    Duration window = Duration.ofSeconds(3);
    Duration warmUp = Duration.ofSeconds(12);
    int rounds = 3;
    List<String> only = PARTS;
    Optional<Path> markdown = Optional.empty();
    Optional<Path> chart = Optional.empty();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
    while (!left.isEmpty()) {
      String name = left.pop();
      switch (name) {
        case "--prefork" -> prefork = path(name, left);
        case "--programs" -> programs = some(name, value(name, left), PROGRAMS);
        case "--clients" -> clients = Arguments.count(name, value(name, left), 1, 1_000);
        case "--seconds" -> window = Arguments.seconds(name, value(name, left));
        case "--warm-up" -> warmUp = Arguments.seconds(name, value(name, left));
        case "--rounds" -> rounds = Arguments.count(name, value(name, left), 1, 100);
        case "--only" -> only = some(name, value(name, left), PARTS);
        case "--markdown" -> markdown = Optional.of(path(name, left));
        case "--chart" -> chart = Optional.of(path(name, left));
        default -> throw Arguments.unknown(name, USAGE);
      }
    }
    return new HttpOptions(
        prefork, programs, clients, window, warmUp, rounds, only, markdown, chart);
  }

  private static String value(String name, Deque<String> left) {
    return Arguments.value(name, left, USAGE);
  }

  private static Path path(String name, Deque<String> left) {
    return Arguments.path(name, left, USAGE);
  }

  private static List<String> some(String name, String text, List<String> all) {
    List<String> wanted = Arrays.stream(text.split(",", -1)).distinct().toList();
    if (!all.containsAll(wanted)) {
      throw Arguments.usage(
          name + " must be some of " + String.join(",", all) + " with commas between, not " + text);
    }
    return wanted;
  }

  boolean measures(String part) {
    return only.contains(part);
  }
}
