package dev.prefork.bench;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.WorkerReady;
import dev.prefork.ServerEvent.WorkerSpawned;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.WorkerIdentity;
import dev.prefork.examples.greeting.GreetingHandler;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What it takes to replace a worker that is killed (kill -9) while its server is idle.
 *
 * @param side the server's name
 * @param spawnToReadyMs of each replacement: from the end of its spawn until it says that it is
 *     ready; empty where a worker says no such thing
 * @param killToReadyMs of each: from the kill until the replacement is ready
 */
record Replacement(String side, List<Double> spawnToReadyMs, List<Double> killToReadyMs) {
  private static final long PATIENCE_MS = 10_000;
  private static final long TRAINING_MS = 300_000;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  Replacement {
    spawnToReadyMs = List.copyOf(spawnToReadyMs);
    killToReadyMs = List.copyOf(killToReadyMs);
  }

  /** A server inside this JVM, as a belonging. */
  private record Embedded(PreforkServer server) implements Belongings.Belonging {
    @Override
    public void close() {
      server.stopNow("the end of the measurement");
      try {
        var _ = server.await(LONGEST_STOP);
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts the thread that ends the servers", e);
      }
    }
  }

  /** Of this project's server, in this JVM: its events say when a worker is spawned and ready. */
  static Replacement ofPrefork(AcceptMode mode, int times, Belongings belongings) {
    Map<WorkerIdentity, Long> spawnedNs = new ConcurrentHashMap<>();
    Map<WorkerIdentity, Long> readyNs = new ConcurrentHashMap<>();
    CompletableFuture<String> trained = new CompletableFuture<>();
    WorkDirectory caches = belongings.keep(WorkDirectory::create);
    Embedded embedded =
        belongings.keep(() ->
            new Embedded(
                builder(mode, spawnedNs, readyNs)
                    .onEvent(event -> tellTrained(event, trained))
                    .aotCache(caches.path())
                    .launch()));
    PreforkServer server = embedded.server;
    await("given its AOT cache", trained::isDone, TRAINING_MS);
    List<Double> spawnToReady = new ArrayList<>();
    List<Double> killToReady = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      awaitAllReady(server);
      WorkerStatus victim = server.status().workers().get(i % server.status().wanted());
      Set<WorkerIdentity> before = Set.copyOf(readyNs.keySet());
      Predicate<WorkerIdentity> replaces =
          worker ->
              worker.slot() == victim.slot()
                  && worker.pid() != victim.pid()
                  && !before.contains(worker);
      long killedNs = System.nanoTime();
      OperatedServer.kill(victim.pid());
      await("replaced", () -> readyNs.keySet().stream().anyMatch(replaces), PATIENCE_MS);
      WorkerIdentity replacement =
          readyNs.keySet().stream().filter(replaces).findFirst().orElseThrow();
      long atNs = readyNs.getOrDefault(replacement, killedNs);
      killToReady.add((atNs - killedNs) / 1e6);
      spawnToReady.add((atNs - spawnedNs.getOrDefault(replacement, atNs)) / 1e6);
    }
    belongings.end(embedded);
    return new Replacement("prefork " + BenchOptions.modeName(mode), spawnToReady, killToReady);
  }

  /** Later starts are what is measured: the first one has nothing to start from. */
  private static void tellTrained(ServerEvent event, CompletableFuture<String> trained) {
    if (event instanceof ServerEvent.Message(var _, String text) && text.contains("AOT cache")) {
      trained.complete(text);
    }
  }

  private static PreforkServerBuilder builder(
      AcceptMode mode, Map<WorkerIdentity, Long> spawnedNs, Map<WorkerIdentity, Long> readyNs) {
    return PreforkServer.builder(GreetingHandler.class)
        .listen("127.0.0.1:0")
        .workerClassPath(Laboratory.placeOf(GreetingHandler.class))
        .accept(mode)
        .onEvent(event -> note(event, System.nanoTime(), spawnedNs, readyNs));
  }

  private static void note(
      ServerEvent event,
      long nowNs,
      Map<WorkerIdentity, Long> spawnedNs,
      Map<WorkerIdentity, Long> readyNs) {
    switch (event) {
      case WorkerSpawned(var worker) -> spawnedNs.put(worker, nowNs);
      case WorkerReady(var worker) -> readyNs.put(worker, nowNs);
      default -> {}
    }
  }

  private static void awaitAllReady(PreforkServer server) {
    await(
        "ready",
        () -> {
          ServerStatus status = server.status();
          return status.phase() == Phase.RUNNING && status.ready() == status.wanted();
        },
        PATIENCE_MS);
  }

  private static void await(String what, BooleanSupplier happened, long boundMs) {
    if (!Waiting.until(happened, boundMs)) {
      throw new PreforkException(
          ExitStatus.FAILED, "a worker was not " + what + " within " + boundMs + " ms");
    }
  }

  /**
   * Of the original: until its parent has a new child, which is all that can be seen from outside.
   */
  static Replacement ofOriginal(Original original, int times, Belongings belongings) {
    RunningServer server = original.start(belongings);
    List<Double> killToReady = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      List<ProcessHandle> before = server.workers();
      Set<Long> known = before.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
      long killedNs = System.nanoTime();
      before.get(i % before.size()).destroyForcibly();
      await(
          "replaced by the original",
          () -> server.workers().stream().anyMatch(child -> !known.contains(child.pid())),
          PATIENCE_MS);
      killToReady.add((System.nanoTime() - killedNs) / 1e6);
    }
    belongings.end(server.process());
    return new Replacement(original.name(), List.of(), killToReady);
  }
}
