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
 * @param side the server's name
 * @param firstAnswerMs of each; the first of all, from which a cache is trained, is not counted
 * @param aloneMs the same of {@link QuickestStart}
 */
record WorkerSpawn(String side, List<Double> firstAnswerMs, List<Double> aloneMs) {
  private static final int TIMES = 10;
  private static final long SPAWNED_MS = 10_000;

  WorkerSpawn {
    firstAnswerMs = List.copyOf(firstAnswerMs);
    aloneMs = List.copyOf(aloneMs);
  }

  static WorkerSpawn measure(
      PreforkedProgram onlyWorker, QuickestStart alone, Belongings belongings) {
    RunningServer server = onlyWorker.start(belongings);
    try {
      List<Double> times = new ArrayList<>();
      List<Double> aloneTimes = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        aloneTimes.add(alone.firstAnswerMs(belongings));
        times.add(respawnMs(server));
      }
      return new WorkerSpawn(onlyWorker.program(), times, aloneTimes);
    } finally {
      belongings.end(server.process());
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
