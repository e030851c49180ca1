package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How long new workers took from their spawn to their first answer: the only one of a server is
 * killed (kill -9), and a client waits in the kernel's queue for the next. In turn with them the
 * same program alone.
 *
 * @param program its name
 * @param firstAnswerMs of each; the first of all, from which a cache is trained, is not counted
 * @param quickMs of workers whose JVM has the options of {@link QuickestStart}
 * @param aloneMs of {@link QuickestStart}
 */
record WorkerSpawn(
    String program, List<Double> firstAnswerMs, List<Double> quickMs, List<Double> aloneMs) {
  private static final int TIMES = 10;
  private static final long SPAWNED_MS = 10_000;

  WorkerSpawn {
    firstAnswerMs = List.copyOf(firstAnswerMs);
    quickMs = List.copyOf(quickMs);
    aloneMs = List.copyOf(aloneMs);
  }

  /**
   * Measures.
   *
   * @param onlyWorker a server of one worker
   * @param quick the same with the JVM options of the program alone
   */
  static WorkerSpawn measure(
      PreforkedProgram onlyWorker,
      PreforkedProgram quick,
      QuickestStart alone,
      Belongings belongings) {
    List<RunningServer> servers = new ArrayList<>();
    try {
      servers.add(onlyWorker.start(belongings));
      servers.add(quick.start(belongings));
      List<Double> times = new ArrayList<>();
      List<Double> quickTimes = new ArrayList<>();
      List<Double> aloneTimes = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        aloneTimes.add(alone.firstAnswerMs(belongings));
        times.add(respawnMs(servers.getFirst()));
        quickTimes.add(respawnMs(servers.getLast()));
      }
      return new WorkerSpawn(onlyWorker.program(), times, quickTimes, aloneTimes);
    } finally {
      servers.forEach(server -> belongings.end(server.process()));
    }
  }

  /** Its median in parts of that of the program alone. */
  double toAlone() {
    return Statistics.median(firstAnswerMs) / Statistics.median(aloneMs);
  }

  private static double respawnMs(RunningServer server) {
    long supervisor = server.process().handle().pid();
    Set<Long> known = ProcessFiles.children(supervisor);
    known.forEach(OperatedServer::kill);
    boolean spawned =
        Waiting.until(
            () -> {
              Set<Long> children = new TreeSet<>(ProcessFiles.children(supervisor));
              children.removeAll(known);
              return !children.isEmpty();
            },
            SPAWNED_MS);
    if (!spawned) {
      throw new PreforkException(
          ExitStatus.FAILED, server.side().name() + " did not replace a killed worker");
    }
    return FirstAnswer.watch(server.port()).awaitMs(server.process());
  }
}
