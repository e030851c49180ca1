package dev.prefork.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command says when all its workers are ready.
 *
 * @param workers how many
 * @param port where it listens, on 127.0.0.1
 */
record ReadyLine(int workers, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "ready: (\\d{1,4}) workers? on 127\\.0\\.0\\.1:(\\d{1,5}), supervisor pid \\d+");

  static Optional<ReadyLine> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new ReadyLine(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
