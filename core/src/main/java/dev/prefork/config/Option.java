package dev.prefork.config;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of options.
 *
 * @param name as on the command line, without the dashes: {@code stop-timeout}
 * @param type how its value is read and bounded
 * @param defaultText the default as a user would write it; empty if it depends on other options
 * @param repeatable whether it may be given several times
 * @param description one sentence for the help text, with unit and meaning
 * @param <T> what a value is once read
 */
public record Option<T>(
    String name, ValueType<T> type, String defaultText, boolean repeatable, String description) {
  /** What the environment variables of all options begin with. */
  public static final String VARIABLE_PREFIX = "PREFORK_";

  /** The option as typed: {@code --stop-timeout}. */
  public String flag() {
    return "--" + name;
  }

  /** The environment variable: {@code PREFORK_STOP_TIMEOUT}. */
  public String variable() {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The default value; null if it depends on other options. */
  public @Nullable T defaultValue() {
    return defaultText.isEmpty() ? null : type.parse(defaultText);
  }

  /**
   * Reads a value that somebody wrote.
   *
   * @param source where it stands, to be named in the error: {@code --workers}
   * @throws PreforkException (usage) with option, value, range and source
   */
  public T parse(String text, String source) {
    T value = type.parse(text);
    if (value == null) {
      throw new PreforkException(ExitStatus.USAGE, refusal(text) + " (" + source + ")");
    }
    return value;
  }

  /**
   * Checks a value that code set.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public T check(T value) {
    if (!type.accepts(value)) {
      throw new IllegalArgumentException(name + " must be " + type.range() + ", not " + value);
    }
    return value;
  }

  /** Says why a text is refused: option, range and value, in one line. */
  public String refusal(String text) {
    return name + " must be " + type.range() + ", not \"" + text + "\"";
  }
}
