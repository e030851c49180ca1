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
  private static final String CACHES = "--aot-cache";
  private static final String TRAINED = " AOT cache ";
  private static final long TRAINING_MS = 180_000; // it is given what the workers leave

  private record Ready(ReadyLine line, long atNs) {}

  /**
   * What to run.
   *
   * @param launcher the {@code prefork} command
   * @param words what to serve and how; listener, stop timeout, runtime directory and, if there is
   *     none among them, the directory of caches are added
   * @param listenPort where it shall serve; 0 for a free port
   * @param directory its runtime directory and log go here
   * @param name of both, and of the server in errors
   */
  record Command(Path launcher, List<String> words, int listenPort, Path directory, String name) {
    Command {
      words = List.copyOf(words);
    }

    /**
     * Starts it and waits until it is ready, for a limited time.
     *
     * @param belongings keeps it; it is ended there
     */
    ReadyServer start(Belongings belongings) {
      CompletableFuture<Ready> ready = new CompletableFuture<>();
      boolean trains = !Files.exists(caches());
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

    /**
     * An earlier start of the same name has left its cache here, or of who names the same place.
     */
    private Path caches() {
      int at = words.indexOf(CACHES);
      return at < 0 ? directory.resolve(name + "-caches") : Path.of(words.get(at + 1));
    }

    private List<String> line() {
      List<String> line = new ArrayList<>();
      line.add(launcher.toString());
      line.addAll(words);
      line.addAll(List.of("--listen", "127.0.0.1:" + listenPort, "--stop-timeout", "5s"));
      line.addAll(List.of("--runtime-dir", runtimeDirectory().toString()));
      if (!words.contains(CACHES)) {
        line.addAll(List.of(CACHES, caches().toString()));
      }
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
