package dev.prefork.cli.operate;

import dev.prefork.config.Option;
import dev.prefork.config.ValueType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * One of the {@link OperatingCommands} as it was typed.
 *
 * @param parsed the command line
 * @param base where runtime directories stand that nobody has chosen
 * @param env the environment
 * @param out results
 * @param err errors
 */
public record Invocation(
    ParseResult parsed, Path base, Map<String, String> env, PrintStream out, PrintStream err) {
  String command() {
    return parsed.commandSpec().name();
  }

  boolean has(String flag) {
    return parsed.hasMatchedOption(flag);
  }

  @Nullable String value(String flag) {
    return has(flag) ? parsed.matchedOption(flag).originalStringValues().getFirst() : null;
  }

  /** The parameter; null if it was not given. */
  @Nullable String parameter() {
    return parsed.hasMatchedPositional(0) ? parsed.matchedPositionalValue(0, "") : null;
  }

  /**
   * A time that was given; null if it was not.
   *
   * @throws dev.prefork.PreforkException (usage) if it is none
   */
  @Nullable Duration time(String flag, Duration least) {
    String text = value(flag);
    ValueType<Duration> type = new ValueType.Time(least, Duration.ofHours(24));
    return text == null
        ? null
        : new Option<>(flag.substring(2), type, "", false, "").parse(text, flag);
  }
}
