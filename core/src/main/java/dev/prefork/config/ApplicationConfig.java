package dev.prefork.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What the workers run.
 *
 * @param kind what it is to a worker
 * @param name the handler's class name, or the path of the program's jar
 * @param arguments given to a program's main; a handler gets none
 */
public record ApplicationConfig(Kind kind, String name, List<String> arguments) {
  private static final String JAR = ".jar";
  private static final String WAR = ".war";

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

  /**
   * For people and file names: of a file its name without the ending, of a class the simple.
   */
  public static String shortName(String application) {
    return application.endsWith(JAR) || application.endsWith(WAR)
        ? Path.of(application).getFileName().toString().replaceAll("\\.[jw]ar$", "")
        : application.substring(application.lastIndexOf('.') + 1);
  }

  /** Whether the application accepts by itself. */
  public boolean isProgram() {
    return kind == Kind.PROGRAM;
  }
}
