package dev.prefork.config;

import dev.prefork.ExitStatus;
import java.util.Locale;

/**
 * Where a value came from, and so where it is to be corrected.
 *
 * @param place as people look it up: {@code prefork.toml:3}, {@code PREFORK_WORKERS}, {@code
 *     --workers}
 * @param line the line of a file, from 1; 0 elsewhere
 */
public record Source(Kind kind, String place, int line) {
  /** The kinds, weakest first: each overrides those before it. */
  public enum Kind {
    /** Nobody gave one. */
    DEFAULT,
    /** A line of the configuration file. */
    FILE,
    /** An environment variable. */
    ENVIRONMENT,
    /** The command line. */
    FLAG;

    /** The kind for people and programs: {@code environment}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What holds if nobody says otherwise. */
  public static final Source DEFAULT = new Source(Kind.DEFAULT, "default", 0);

  /** A line of a file. */
  public static Source file(String file, int line) {
    return new Source(Kind.FILE, file + ":" + line, line);
  }

  /** A place in a file; the column counts from 1 too. */
  public static Source file(String file, int line, int column) {
    return new Source(Kind.FILE, file + ":" + line + ":" + column, line);
  }

  /** An environment variable. */
  public static Source variable(String name) {
    return new Source(Kind.ENVIRONMENT, name, 0);
  }

  /** An option or a parameter of the command line. */
  public static Source flag(String flag) {
    return new Source(Kind.FLAG, flag, 0);
  }

  /**
   * What a wrong value there means: a command line is usage, a file or a variable configuration.
   */
  public ExitStatus status() {
    return kind == Kind.FILE || kind == Kind.ENVIRONMENT
        ? ExitStatus.CONFIGURATION
        : ExitStatus.USAGE;
  }
}
