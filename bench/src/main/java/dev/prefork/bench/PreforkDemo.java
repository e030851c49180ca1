package dev.prefork.bench;

import dev.prefork.PreforkException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This project's greeting server in one accept mode; all else as by default.
 *
 * @param launcher the {@code prefork} command
 * @param mode its {@code --accept}
 * @param directory its runtime directory and log go here
 */
record PreforkDemo(Path launcher, String mode, Path directory) implements Side {
  private static final int READY_SECONDS = 60;

  private record Ready(ReadyLine line, long atNs) {}

  @Override
  public String name() {
    return "prefork " + mode;
  }

  @Override
  public RunningServer start(Belongings belongings) {
    CompletableFuture<Ready> ready = new CompletableFuture<>();
    long startNs = System.nanoTime();
    ServerProcess process =
        belongings.keep(() ->
            ServerProcess.start(command(), directory, mode, line -> completeIfReady(ready, line)));
    try {
      Ready first = awaitReady(ready, process);
      var _ = process.children();
      return new RunningServer(this, process, first.line.port(), (first.atNs - startNs) / 1e6);
    } catch (PreforkException e) {
      belongings.end(process);
      throw new PreforkException(e.status(), name() + ": " + e.getMessage());
    }
  }

  private List<String> command() {
    return List.of(
        launcher.toString(),
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--accept",
        mode,
        "--stop-timeout",
        "5s",
        "--runtime-dir",
        directory.resolve(mode).toString());
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
