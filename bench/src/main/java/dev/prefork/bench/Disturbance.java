package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What clients that keep their connections lose when a worker dies, and when all are replaced.
 *
 * @param side the server's name
 * @param atKill of the worker with the most connections, by kill -9
 * @param atReplacement of all workers
 */
record Disturbance(String side, Loss atKill, Loss atReplacement) {
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(3);
  private static final Duration UNDISTURBED = Duration.ofSeconds(1);
  private static final long REPLACED_MS = 30_000;

  /**
   * Of a load's requests.
   *
   * @param requests all of them
   * @param failed not answered
   * @param idleCloses kept connections that ended between two answers: after a kill they are lost
   *     requests too
   */
  record Loss(long requests, long failed, long idleCloses) {
    static Loss of(Tally tally) {
      long requests = tally.count(Outcome.OK) + tally.failures();
      return new Loss(requests, tally.failures(), tally.idleCloses());
    }
  }

  static Disturbance measure(HttpSide side, int clients, Duration warmUp, Belongings belongings) {
    RunningServer server = side.start(belongings);
    try {
      HttpRounds.warmUp(side, server, clients, warmUp);
      Loss atKill = during(server, clients, () -> killOne(server));
      Loss atReplacement = during(server, clients, () -> side.replaceWorkers(server));
      return new Disturbance(side.name(), atKill, atReplacement);
    } finally {
      belongings.end(server.process());
    }
  }

  private static Loss during(RunningServer server, int clients, Runnable disturbance) {
    HttpLoad load = HttpLoad.start(server.port(), Workload.HELLO, clients, LONGEST_LOAD);
    var _ = Waiting.sleep(UNDISTURBED);
    try {
      disturbance.run();
      var _ = Waiting.sleep(UNDISTURBED);
    } finally {
      var _ = load.stop();
    }
    return Loss.of(load.result());
  }

  private static void killOne(RunningServer server) {
    List<ProcessHandle> before = server.workers();
    ProcessHandle victim =
        before.stream()
            .max(Comparator.comparingInt(worker -> ProcessFiles.descriptors(worker.pid())))
            .orElseThrow();
    OperatedServer.kill(victim.pid());
    boolean replaced =
        Waiting.until(
            () -> !victim.isAlive() && server.workers().size() >= before.size(), REPLACED_MS);
    if (!replaced) {
      throw new PreforkException(
          ExitStatus.FAILED, server.side().name() + " did not replace a killed worker");
    }
  }
}
