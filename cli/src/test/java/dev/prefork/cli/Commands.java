package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.Options;
import dev.prefork.testing.Await;
import dev.prefork.testing.ObedientHandler;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The commands of a test: JVMs without a controlling terminal, in a temporary directory of their
 * own. After each test they are stopped (INT, wait, KILL), no process of theirs may be left, and
 * nothing but INFO may stand in their logs, unless the test expected it.
 */
public final class Commands implements BeforeEachCallback, AfterEachCallback {
  /** In the environment of every process that a test starts, and so of all their descendants. */
  private static final String MARK = "TEST_OF_PREFORK";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern INFO = Pattern.compile("^\\S+Z INFO ");

  private final List<RunningCommand> started = new ArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();
  private Path directory = Path.of("not made yet");

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("prefork-it-");
  }

  /** Where all commands of this test run. */
  public Path directory() {
    return directory;
  }

  /** Lets such lines (a part is enough) pass that otherwise fail the test. */
  public Commands expect(String... regexes) {
    for (String regex : regexes) {
      expected.add(Pattern.compile(regex));
    }
    return this;
  }

  /** {@code prefork demo} on a free port, ready. */
  RunningCommand demo(String... options) {
    return launch(arguments("demo", options)).awaitReady();
  }

  /** {@code prefork run} with a handler that does what it is told, on a free port, ready. */
  RunningCommand obedient(String... options) {
    return launch(obedientArguments(options)).awaitReady();
  }

  /** The arguments of {@link #obedient}. */
  List<String> obedientArguments(String... options) {
    return arguments(ObedientHandler.class, options);
  }

  /** {@code prefork run} with a handler of the tests on a free port. */
  List<String> arguments(Class<?> handler, String... options) {
    List<String> arguments = arguments("run", options);
    arguments.addAll(List.of("--class-path", handlers().toString(), handler.getName()));
    return arguments;
  }

  /** A command that serves, on a free port and in a runtime directory of this test. */
  public List<String> arguments(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of("--runtime-dir", directory.resolve("run").toString()));
    if (!List.of(options).contains("--spares")) {
      arguments.addAll(List.of("--spares", "0"));
    }
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** The class path entry with the handlers of the tests. */
  static Path handlers() {
    try {
      return Path.of(
          ObedientHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e);
    }
  }

  /** Starts the command and waits for nothing. */
  public RunningCommand launch(List<String> arguments) {
    return launch(List.of(), arguments);
  }

  /**
   * Starts the command and waits for nothing.
   *
   * @param before what stands before java on the command line: {@code unshare --pid}
   */
  RunningCommand launch(List<String> before, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("setsid"));
    line.addAll(before);
    line.addAll(javaCommand(arguments));
    return launchLine(line);
  }

  /** java and its arguments, for those who start it in their own way. */
  static List<String> javaCommand(List<String> arguments) {
    List<String> line = new ArrayList<>(PackagedCommand.LINE);
    line.addAll(arguments);
    return line;
  }

  /** Starts any command line under the same care. */
  RunningCommand launchLine(List<String> line) {
    Path logs = directory.resolve("command-" + started.size());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(Path.of(logs + ".out").toFile())
            .redirectError(Path.of(logs + ".err").toFile());
    builder.environment().put(MARK, directory.toString());
    builder.environment().put("_JAVA_SR_SIGNUM", "40");
    builder.environment().put(Options.AOT_CACHE.variable(), "none");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    try {
      RunningCommand command =
          new RunningCommand(builder.start(), Path.of(logs + ".out"), Path.of(logs + ".err"));
      started.add(command);
      return command;
    } catch (IOException e) {
      throw new AssertionError("could not start " + line, e);
    }
  }

  /** Everything that runs for this test, directly or not. */
  List<Long> processes() {
    return Processes.withEnvironment(MARK + "=" + directory + "\0");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    boolean passed =
        context.getExecutionException().filter(e -> !(e instanceof TestAbortedException)).isEmpty();
    try {
      started.forEach(command -> command.stop(PATIENCE));
      boolean clean = Await.holdsWithin(PATIENCE, () -> processes().isEmpty());
      List<Long> left = processes();
      String commands = String.join("\n", left.stream().map(Processes::commandLine).toList());
      if (!clean) {
        Processes.signal("KILL", left);
      }
      if (passed) {
        assertThat(left).as("processes left: " + commands).isEmpty();
        assertThat(unexpected()).as("log lines that the test did not expect").isEmpty();
      }
    } catch (AssertionError e) {
      passed = false;
      throw e;
    } finally {
      if (passed) {
        delete(directory);
      } else {
        System.err.println(context.getDisplayName() + ": working directory left at " + directory);
      }
    }
  }

  private List<String> unexpected() {
    return started.stream()
        .flatMap(command -> command.log().lines())
        .filter(line -> !INFO.matcher(line).find())
        .filter(line -> expected.stream().noneMatch(pattern -> pattern.matcher(line).find()))
        .toList();
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
