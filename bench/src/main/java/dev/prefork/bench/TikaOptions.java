package dev.prefork.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * What a run of the comparison is asked for.
 *
 * @param prefork the command
 * @param program the executable jar of {@code examples/tika}
 * @param documents in the corpus
 * @param timeout that one document may take
 * @param markdown where the report goes too
 * @param chart where the chart goes
 */
record TikaOptions(
    Path prefork,
    Path program,
    int documents,
    Duration timeout,
    Optional<Path> markdown,
    Optional<Path> chart) {
  private static final int LEAST_DOCUMENTS = 150; // one poison of each kind
  private static final int MOST_DOCUMENTS = 100_000;
  private static final int DOCUMENTS = 3_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static final String USAGE =
      """
      usage: bench/tika [--documents 3000] [--timeout 5] [--markdown FILE] [--chart FILE]
      Extracts the text of a corpus with Apache Tika, 2 % of which ends or occupies its parser,
      on 127.0.0.1: in workers of Prefork, then in the processes that Tika itself forks, then in
      tika-server, which forks one and watches it.
      --timeout is what one document may take, in seconds. --chart writes SVG.
      Exits with 70 if a bar is missed.
      """;

  /** Reads the command line of {@code bench/tika}; two options are put in front of it. */
  static TikaOptions parse(String... args) {
    Path prefork = Path.of("prefork");
    Path program = Path.of("tika.jar");
    int documents = DOCUMENTS;
    Duration timeout = TIMEOUT;
    Optional<Path> markdown = Optional.empty();
    Optional<Path> chart = Optional.empty();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
    while (!left.isEmpty()) {
      String name = left.pop();
      switch (name) {
        case "--prefork" -> prefork = path(name, left);
        case "--program" -> program = path(name, left);
        case "--documents" ->
            documents = Arguments.count(name, value(name, left), LEAST_DOCUMENTS, MOST_DOCUMENTS);
        case "--timeout" -> timeout = Arguments.seconds(name, value(name, left));
        case "--markdown" -> markdown = Optional.of(path(name, left));
        case "--chart" -> chart = Optional.of(path(name, left));
        default -> throw Arguments.unknown(name, USAGE);
      }
    }
    return new TikaOptions(prefork, program, documents, timeout, markdown, chart);
  }

  /** Refuses a jar that is none. */
  void requireProgram() {
    if (!Files.isReadable(program)) {
      throw Arguments.usage("--program: " + program + " can't be read");
    }
  }

  private static String value(String name, Deque<String> left) {
    return Arguments.value(name, left, USAGE);
  }

  private static Path path(String name, Deque<String> left) {
    return Arguments.path(name, left, USAGE);
  }
}
