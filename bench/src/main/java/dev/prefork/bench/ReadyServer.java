package dev.prefork.bench;

import dev.prefork.PreforkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that the {@code prefork} command runs, and that has said that it is ready.
 *
 * @param process supervisor and workers
 * @param port where it serves, on 127.0.0.1
 * @param readyMs from the spawn of its command until it said so
 * @param runtimeDirectory where its control socket is
 */
record ReadyServer(ServerProcess process, int port, double readyMs, Path runtimeDirectory) {
  private static final int READY_SECONDS = 120;

  /** As {@code --aot-cache} takes it. */
  static final String NO_CACHE = "none";

  private static final String TRAINED = " AOT cache ";
  private static final long TRAINING_MS = 180_000; // it is given what the workers leave

  private record Ready(ReadyLine line, long atNs) {}

  /**
   * What to run.
   *
   * @param launcher the {@code prefork} command
   * @param words what to serve and how; the options that the other components name are added, and a
   *     stop timeout
   * @param listenPort where it shall serve; 0 for a free port
   * @param caches where its workers' AOT caches are, or {@value #NO_CACHE}
   * @param directory its runtime directory and log go here
   * @param name of both, and of the server in errors
   */
  record Command(
      Path launcher,
      List<String> words,
      int listenPort,
      String caches,
      Path directory,
      String name) {
    Command {
      words = List.copyOf(words);
    }

    /** On a free port, with caches of its own. */
    static Command ofOwnCaches(Path launcher, List<String> words, Path directory, String name) {
      String caches = directory.resolve(name + "-caches").toString();
      return new Command(launcher, words, 0, caches, directory, name);
    }

    /**
     * Starts it and waits until it is ready, for a limited time.
     *
     * @param belongings keeps it; it is ended there
     */
    ReadyServer start(Belongings belongings) {
      CompletableFuture<Ready> ready = new CompletableFuture<>();
      boolean trains = trains();
      long startNs = System.nanoTime();
      ServerProcess process =
          belongings.keep(() ->
              ServerProcess.start(line(), directory, name, said -> completeIfReady(ready, said)));
      try {
        Ready first = awaitReady(ready, process);
        if (trains) {
          awaitTrained(process);
        }
        var _ = process.children();
        double readyMs = (first.atNs - startNs) / 1e6;
        return new ReadyServer(process, first.line.port(), readyMs, runtimeDirectory());
      } catch (PreforkException e) {
        belongings.end(process);
        throw new PreforkException(e.status(), "prefork " + name + ": " + e.getMessage());
      }
    }

    private Path runtimeDirectory() {
      return directory.resolve(name);
    }

    /** An earlier start with the same place of caches has left one there. */
    private boolean trains() {
      return !caches.equals(NO_CACHE) && !Files.exists(Path.of(caches));
    }

    private List<String> line() {
      List<String> line = new ArrayList<>();
      line.add(launcher.toString());
      line.addAll(words);
      line.addAll(List.of("--listen", "127.0.0.1:" + listenPort, "--stop-timeout", "5s"));
      line.addAll(List.of("--runtime-dir", runtimeDirectory().toString()));
      line.addAll(List.of("--aot-cache", caches));
      return line;
    }
  }

  /** Its training has processes of its own, which are no workers. */
  private static void awaitTrained(ServerProcess process) {
    if (!Waiting.until(() -> process.log().contains(TRAINED), TRAINING_MS)) {
      throw process.failed("did not train its AOT cache");
    }
  }

  private static void completeIfReady(CompletableFuture<Ready> ready, String line) {
    long nowNs = System.nanoTime();
    ReadyLine.parse(line).ifPresent(parsed -> ready.complete(new Ready(parsed, nowNs)));
  }

  private static Ready awaitReady(CompletableFuture<Ready> ready, ServerProcess process) {
    try {
      var _ =
          process
              .handle()
              .onExit()
              .thenRun(() -> ready.completeExceptionally(process.failed("did not become ready")));
      return ready.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw process.failed("did not become ready");
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    }
  }
}
