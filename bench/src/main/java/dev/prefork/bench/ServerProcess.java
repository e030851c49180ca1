package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server that this run started: a parent and its children. They are ended by the parent (TERM);
 * what is then left of them is killed, each by its handle, which no later process with the same pid
 * can be mistaken for.
 */
final class ServerProcess implements Belongings.Belonging {
  private static final int STOP_SECONDS = 15;
  private static final int KILL_SECONDS = 5;

  private final Process parent;
  private final Path log;
  private final Set<ProcessHandle> everSeen = new LinkedHashSet<>();
  private volatile Path leftover = Path.of("");

  private ServerProcess(Process parent, Path log) {
    this.parent = parent;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param directory it runs there, and its standard error goes to {@code NAME.log} there
   * @param onLine is told each line of its standard output, on a thread of its own
   */
  static ServerProcess start(
      List<String> command, Path directory, String name, Consumer<String> onLine) {
    Path log = directory.resolve(name + ".log");
    try {
      Process parent =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectError(log.toFile())
              .start();
      Thread.ofPlatform().daemon().name("output-" + name).start(() -> readLines(parent, onLine));
      return new ServerProcess(parent, log);
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.UNAVAILABLE, "could not start " + name + ": " + e);
    }
  }

  private static void readLines(Process process, Consumer<String> onLine) {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(onLine);
    } catch (IOException | UncheckedIOException e) {
      // the process was ended while it wrote
    }
  }

  ProcessHandle handle() {
    return parent.toHandle();
  }

  /** The children that live now. */
  synchronized List<ProcessHandle> children() {
    List<ProcessHandle> children =
        parent.children().sorted((a, b) -> Long.compare(a.pid(), b.pid())).toList();
    everSeen.addAll(children);
    return children;
  }

  /** Deletes this too at the end: what the server leaves behind when it is killed. */
  void deleteAtEnd(Path file) {
    leftover = file;
  }

  /** An error that says how this process ended, or that it did not do what was awaited. */
  PreforkException failed(String awaited) {
    String state = parent.isAlive() ? "" : " and ended with exit code " + parent.exitValue();
    return new PreforkException(
        ExitStatus.FAILED, "it " + awaited + state + "; its last words: " + lastWords());
  }

  private String lastWords() {
    List<String> lines = log().lines().toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  /** All that it has written to its standard error. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(" + log + " can't be read)";
    }
  }

  boolean isAlive() {
    return parent.isAlive();
  }

  @Override
  public synchronized void close() {
    var _ = children();
    try {
      parent.destroy();
      if (!parent.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        parent.destroyForcibly();
        parent.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
      }
      everSeen.forEach(ServerProcess::kill);
      for (ProcessHandle child : everSeen) {
        awaitEnd(child);
      }
      if (!leftover.toString().isEmpty()) {
        Files.deleteIfExists(leftover);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the thread that ends the servers", e);
    } catch (IOException e) {
      // left behind, it harms nobody
    }
  }

  private static void kill(ProcessHandle process) {
    var _ = process.destroyForcibly(); // false if it is gone, as it should be
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    var _ = Waiting.until(() -> !process.isAlive(), KILL_SECONDS * 1_000L);
  }
}
