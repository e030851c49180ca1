package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.WorkerIdentity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code dump}: the threads of a worker, or of all. */
final class Dumps {
  /** A JVM that is not hung answers in milliseconds, on a busy machine in a second. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Hung workers take the whole time each: so many are asked at once. */
  private static final int AT_ONCE = 8;

  private final Controlled server;

  Dumps(Controlled server) {
    this.server = server;
  }

  void dump(Arguments arguments, Answer answer) throws IOException {
    int slot = arguments.has("slot") ? arguments.number("slot", 0, Integer.MAX_VALUE) : -1;
    Duration timeout = arguments.timeout(TIMEOUT);
    arguments.done();
    if (!server.hasJvms()) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "the workers run a command, and are no JVMs: their threads are not seen");
    }
    List<WorkerStatus> workers = workers(slot);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("prefork-dump").factory());
    try {
      Map<WorkerIdentity, CompletableFuture<String>> dumps = new LinkedHashMap<>();
      for (WorkerStatus worker : workers) {
        CompletableFuture<String> dump =
            CompletableFuture.supplyAsync(() -> take(worker, timeout), threads);
        dumps.put(worker.identity(), dump);
        var _ = dump.whenComplete((_, _) -> answer.wake());
      }
      tell(answer, dumps);
    } finally {
      var _ = threads.shutdownNow();
    }
  }

  /** A worker that is starting is left out: QUIT ends a JVM that does not handle it yet. */
  private List<WorkerStatus> workers(int slot) {
    List<WorkerStatus> found =
        server.status().workers().stream()
            .filter(worker -> slot < 0 || worker.slot() == slot)
            .filter(Dumps::listens)
            .toList();
    if (slot >= 0 && found.isEmpty()) {
      throw new PreforkException(
          ExitStatus.TRY_AGAIN,
          Wait.slot(server.status(), slot)
                  .map(Wait::describe)
                  .orElse("slot " + slot + " holds no worker")
              + ": only a worker that has been ready can be asked for its threads");
    }
    return found;
  }

  private static boolean listens(WorkerStatus worker) {
    return switch (worker.life()) {
      case READY, SPARE, DRAINING -> true;
      case EMPTY, STARTING, KILLED, BACKOFF, FAILED -> false;
    };
  }

  private String take(WorkerStatus worker, Duration timeout) {
    try {
      long deadlineNs = System.nanoTime() + timeout.toNanos();
      return new ThreadDump(worker.pid(), server::quit, deadlineNs).take();
    } catch (NoSuchFileException e) {
      throw missing("it has ended");
    } catch (IOException e) {
      throw missing(String.valueOf(e.getMessage()));
    }
  }

  private static void tell(Answer answer, Map<WorkerIdentity, CompletableFuture<String>> dumps)
      throws IOException {
    int taken = 0;
    String missing = "";
    for (var entry : dumps.entrySet()) {
      WorkerIdentity worker = entry.getKey();
      var _ = answer.await(entry.getValue()::isDone, Long.MAX_VALUE); // each has its own bound
      try {
        String text = entry.getValue().join();
        answer.line("dump", out -> EventJson.identity(out, worker).field("text", text));
        taken++;
      } catch (CompletionException e) {
        missing += "; no dump of " + worker + ": " + reason(e);
      }
    }
    answer.result(
        missing.isEmpty() ? ExitStatus.OK : ExitStatus.TRY_AGAIN,
        taken + " of " + dumps.size() + " thread dumps" + missing,
        _ -> {});
  }

  private static PreforkException missing(String why) {
    return new PreforkException(ExitStatus.TRY_AGAIN, why);
  }

  private static String reason(CompletionException e) {
    if (e.getCause() instanceof PreforkException missing) {
      return String.valueOf(missing.getMessage());
    }
    throw e; // a mistake of ours
  }
}
