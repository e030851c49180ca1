package dev.prefork.config;

import java.util.List;

/**
 * What the workers run.
 *
 * @param kind what it is to a worker
 * @param name the handler's class name, or the path of the program's jar
 * @param arguments given to a program's main; a handler gets none
 */
public record ApplicationConfig(Kind kind, String name, List<String> arguments) {
  /** The kinds of applications. */
  public enum Kind {
    /** A {@link dev.prefork.ConnectionHandler}: serves the connections that a worker accepts. */
    CONNECTION_HANDLER,
    /** An executable jar that listens and accepts by itself, and knows nothing of Prefork. */
    PROGRAM
  }

  /** Copies the list. */
  public ApplicationConfig {
    arguments = List.copyOf(arguments);
  }

  /** A handler, by its class name. */
  public static ApplicationConfig handler(String className) {
    return new ApplicationConfig(Kind.CONNECTION_HANDLER, className, List.of());
  }

  /** A program, by the path of its jar. */
  public static ApplicationConfig program(String jar, List<String> arguments) {
    return new ApplicationConfig(Kind.PROGRAM, jar, arguments);
  }

  /** Whether the application accepts by itself. */
  public boolean isProgram() {
    return kind == Kind.PROGRAM;
  }
}
