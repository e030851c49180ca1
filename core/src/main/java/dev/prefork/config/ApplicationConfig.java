package dev.prefork.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the workers run.
 *
 * @param kind what it is to a worker
 * @param name the handler's class name, the path of the program's jar, or a command's first word
 * @param arguments given to a program's main or to a command; a handler gets none
 * @param readyAfter how long after its start a command counts as ready that has not said so; empty
 *     for what always says so itself
 */
public record ApplicationConfig(
    Kind kind, String name, List<String> arguments, Optional<Duration> readyAfter) {
  private static final String JAR = ".jar";
  private static final String WAR = ".war";

  /** The kinds of applications. */
  public enum Kind {
    /** A {@link dev.prefork.ConnectionHandler}: serves the connections that a worker accepts. */
    CONNECTION_HANDLER,
    /** An executable jar that listens and accepts by itself, and knows nothing of Prefork. */
    PROGRAM,
    /** Any executable that takes its listeners as systemd hands them over: LISTEN_FDS. */
    COMMAND
  }

  /** Copies the list. */
  public ApplicationConfig {
    arguments = List.copyOf(arguments);
  }

  /** A handler, by its class name. */
  public static ApplicationConfig handler(String className) {
    return new ApplicationConfig(Kind.CONNECTION_HANDLER, className, List.of(), Optional.empty());
  }

  /** A program, by the path of its jar. */
  public static ApplicationConfig program(String jar, List<String> arguments) {
    return new ApplicationConfig(Kind.PROGRAM, jar, arguments, Optional.empty());
  }

  /** For people and file names: of a file its name without the ending, of a class the simple. */
  public static String shortName(String application) {
    return application.endsWith(JAR) || application.endsWith(WAR)
        ? Path.of(application).getFileName().toString().replaceAll("\\.[jw]ar$", "")
        : application.substring(application.lastIndexOf('.') + 1);
  }

  /**
   * A command.
   *
   * @param words the executable, by its path or looked for in PATH, and its arguments
   */
  public static ApplicationConfig command(List<String> words, Duration readyAfter) {
    return new ApplicationConfig(
        Kind.COMMAND, words.getFirst(), words.subList(1, words.size()), Optional.of(readyAfter));
  }

  /** Whether it is an executable jar. */
  public boolean isProgram() {
    return kind == Kind.PROGRAM;
  }

  /** Whether it is no JVM of ours, but any executable. */
  public boolean isCommand() {
    return kind == Kind.COMMAND;
  }

  /** Whether the application accepts by itself. */
  public boolean acceptsItself() {
    return kind != Kind.CONNECTION_HANDLER;
  }

  /** A command's words: what is executed, and its arguments. */
  public List<String> words() {
    List<String> words = new ArrayList<>(arguments);
    words.addFirst(name);
    return words;
  }
}
