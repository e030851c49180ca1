package dev.prefork.config;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is said of a program that knows nothing of Prefork, and so can't be said of a handler.
 *
 * @param readyWhen the path that it answers once it is ready; empty if its first accept says so
 * @param readyLog a regular expression that is found in a line it prints once it is ready
 * @param workerConnections open connections of one worker; empty for any number
 * @param heartbeatTimeout how long its JVM may not run before it is killed; empty for ever
 */
public record ProgramConfig(
    Optional<String> readyWhen,
    Optional<String> readyLog,
    Optional<Integer> workerConnections,
    Optional<Duration> heartbeatTimeout) {
  /** Nothing is said. */
  public static final ProgramConfig NONE =
      new ProgramConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * The bound of a program's start if nobody says: systemd's DefaultTimeoutStartSec. A web
   * application that computes for four seconds alone takes half a minute beside four others.
   */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  private static final Pattern REQUEST = Pattern.compile("(?:GET +)?(/[!-~]*)");

  /**
   * The path of {@code --ready-when}.
   *
   * @param request {@code GET /path}, or the path alone
   * @throws IllegalArgumentException if it is neither
   */
  public static String pathOf(String request) {
    var matcher = REQUEST.matcher(request.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "ready-when must be GET and a path, as \"GET /health\", not \"" + request + "\"");
    }
    return matcher.group(1);
  }

  /**
   * Checks the regular expression of {@code --ready-log}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static String checkedRegex(String regex) {
    try {
      return Pattern.compile(regex).pattern();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "ready-log must be a regular expression, not \""
              + regex
              + "\": "
              + e.getDescription()
              + " at character "
              + e.getIndex(),
          e);
    }
  }

  /** Whether a line says that the program is ready; none does if {@code readyLog} is empty. */
  public Predicate<String> readyLine() {
    return readyLog.map(Pattern::compile).map(Pattern::asPredicate).orElse(line -> false);
  }

  /**
   * Refuses what makes no sense for an application.
   *
   * @throws PreforkException (usage) naming the option
   */
  public void checkFor(ApplicationConfig application) {
    if (readyWhen.isPresent() && readyLog.isPresent()) {
      throw refusal("ready-log and ready-when both say when a program is ready: give one of them");
    }
    Map<String, Optional<?>> given = new LinkedHashMap<>();
    given.put(Options.READY_WHEN.name(), readyWhen);
    given.put(Options.READY_LOG.name(), readyLog);
    given.put(Options.WORKER_CONNECTIONS.name(), workerConnections);
    given.put(Options.HEARTBEAT_TIMEOUT.name(), heartbeatTimeout);
    given.forEach((name, value) -> {
      if (value.isPresent() && !application.isProgram()) {
        throw refusal(
            name
                + " is for executable jars that accept by themselves: workers accept for a"
                + " handler, and know when it is ready");
      }
    });
  }

  private static PreforkException refusal(String message) {
    return new PreforkException(ExitStatus.USAGE, message);
  }
}
