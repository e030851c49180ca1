package dev.prefork.config;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why something that somebody wrote is refused.
 *
 * @param source where it stands
 * @param message what is wrong, for people: one line
 */
public record Problem(Source source, String message) {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem one) -> one.source().kind())
          .thenComparingInt(one -> one.source().line());

  /** The message with its place; a line of a file stands in front, as compilers write it. */
  public String text() {
    return switch (source.kind()) {
      case DEFAULT -> message;
      case FILE, ENVIRONMENT -> source.place() + ": " + message;
      case FLAG -> message + " (" + source.place() + ")";
    };
  }

  /**
   * All problems as one refusal, a line each, in the order of kinds and lines; its status is
   * configuration if one of them stands in a file or in the environment, else usage.
   */
  public static PreforkException refusal(List<Problem> problems) {
    boolean configuration =
        problems.stream().anyMatch(one -> one.source().status() == ExitStatus.CONFIGURATION);
    return new PreforkException(
        configuration ? ExitStatus.CONFIGURATION : ExitStatus.USAGE,
        problems.stream().sorted(BY_PLACE).map(Problem::text).collect(Collectors.joining("\n")));
  }
}
