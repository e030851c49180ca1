package dev.prefork.config;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param aotRequests the paths that a worker which trains the ahead-of-time cache is asked
 */
public record ProgramConfig(
    Optional<String> readyWhen,
    Optional<String> readyLog,
    Optional<Integer> workerConnections,
    Optional<Duration> heartbeatTimeout,
    List<String> aotRequests) {
  /** Nothing is said. */
  public static final ProgramConfig NONE =
      new ProgramConfig(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /**
   * The bound of a program's start if nobody says: systemd's DefaultTimeoutStartSec. A web
   * application that computes for four seconds alone takes half a minute beside four others.
   */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  /** What is asked if nobody says: it is safe (RFC 9110, 9.2.1), and every site has it. */
  private static final List<String> AOT_REQUESTS = List.of("/");

  /** In the place of a request: none is made. */
  private static final String NO_REQUEST = "none";

  private static final Pattern REQUEST = Pattern.compile("(?:GET +)?(/[!-~]*)");

  /** Copies the list. */
  public ProgramConfig {
    aotRequests = List.copyOf(aotRequests);
  }

  /** The same for a worker that serves: its cache is trained by others. */
  public ProgramConfig forServing() {
    return new ProgramConfig(readyWhen, readyLog, workerConnections, heartbeatTimeout, List.of());
  }

  /** The same for a worker that is asked these paths alone. Nobody looks for a line of its. */
  public ProgramConfig forTraining(List<String> paths) {
    return new ProgramConfig(
        readyWhen, Optional.empty(), workerConnections, heartbeatTimeout, paths);
  }

  /**
   * The paths of what {@code --aot-request} was given.
   *
   * @param requests {@code GET /path}, the path alone, or {@code none}; nothing for the default
   */
  public static List<String> aotPathsOf(List<String> requests) {
    return requests.isEmpty()
        ? AOT_REQUESTS
        : requests.stream()
            .filter(request -> !request.equals(NO_REQUEST))
            .map(request -> pathOf(Options.AOT_REQUEST, request))
            .toList();
  }

  /**
   * The path of a request.
   *
   * @param option which is given it
   * @param request {@code GET /path}, or the path alone
   * @throws IllegalArgumentException if it is neither
   */
  public static String pathOf(Option<String> option, String request) {
    var matcher = REQUEST.matcher(request.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          option.name() + " must be GET and a path, as \"GET /health\", not \"" + request + "\"");
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
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put(Options.READY_WHEN.name(), readyWhen.isPresent());
    given.put(Options.READY_LOG.name(), readyLog.isPresent());
    given.put(Options.WORKER_CONNECTIONS.name(), workerConnections.isPresent());
    given.put(Options.HEARTBEAT_TIMEOUT.name(), heartbeatTimeout.isPresent());
    given.put(Options.AOT_REQUEST.name(), !aotRequests.isEmpty());
    given.forEach((name, isGiven) -> {
      if (isGiven && !application.isProgram()) {
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
