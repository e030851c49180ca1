package dev.prefork.bench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The example's server with Tika's own processes ({@code org.apache.tika.pipes}) behind it. */
record PipesTika(TikaPool pool) implements TikaSide {
  private static final String MAIN = "dev.prefork.examples.tika.PipesTikaServer";
  private static final String READY = "listening on 127.0.0.1:";
  private static final int READY_SECONDS = 60;

  /** What Tika's client says when it starts a process in the place of another. */
  private static final String REPLACED = ": restarting process";

  @Override
  public String name() {
    return "Tika's pipes, " + pool.processes() + " processes";
  }

  @Override
  public Running start(Belongings belongings) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    ServerProcess process =
        belongings.keep(() ->
            ServerProcess.start(line(), pool.directory(), "pipes", said -> tellPort(said, port)));
    try {
      return new Running(
          process,
          port.get(READY_SECONDS, TimeUnit.SECONDS),
          () -> replaced(process.log()),
          Optional.empty());
    } catch (TimeoutException | ExecutionException e) {
      throw process.failed("did not become ready");
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    }
  }

  private List<String> line() {
    return List.of(
        TikaPool.JAVA.toString(),
        "-cp",
        pool.program().toString(),
        MAIN,
        "0",
        Integer.toString(pool.processes()),
        Long.toString(pool.timeout().toMillis()),
        TikaPool.HEAP_MIB + "m");
  }

  private static void tellPort(String line, CompletableFuture<Integer> port) {
    if (line.startsWith(READY)) {
      port.complete(Integer.parseInt(line.substring(READY.length())));
    }
  }

  static long replaced(String log) {
    return log.lines().filter(line -> line.endsWith(REPLACED)).count();
  }
}
