package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A request's arguments, each taken once. What nobody has taken is unknown and refused. */
final class Arguments {
  private static final String TIMEOUT = "timeout_ms";
  private static final long MAX_TIMEOUT_MS = Duration.ofHours(24).toMillis();

  private final String command;
  private final Json.Fields given;
  private final Set<String> taken = new HashSet<>();

  Arguments(ControlRequest request) {
    this.command = request.command();
    this.given = request.arguments();
  }

  boolean has(String name) {
    taken.add(name);
    return given.has(name);
  }

  /** A whole number that must be there and within its range. */
  int number(String name, int min, int max) {
    taken.add(name);
    return (int) number(name, (long) min, max);
  }

  private long number(String name, long min, long max) {
    try {
      long value = given.number(name);
      if (value < min || value > max) {
        throw refused(name + " must be " + min + " to " + max + ", not " + value);
      }
      return value;
    } catch (JsonException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** True or false; false if it is not there. */
  boolean flag(String name) {
    try {
      return has(name) && given.truth(name);
    } catch (JsonException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** How long the peer wants to wait. */
  Duration timeout(Duration otherwise) {
    return has(TIMEOUT) ? Duration.ofMillis(number(TIMEOUT, 0L, MAX_TIMEOUT_MS)) : otherwise;
  }

  /**
   * Ends the taking.
   *
   * @throws PreforkException (usage) if something is left
   */
  void done() {
    for (String name : given.fields().keySet()) {
      if (!taken.contains(name)) {
        throw refused("there is no argument \"" + name + "\"");
      }
    }
  }

  /** Says what is wrong with them. */
  PreforkException refused(String why) {
    return new PreforkException(ExitStatus.USAGE, command + ": " + why);
  }
}
