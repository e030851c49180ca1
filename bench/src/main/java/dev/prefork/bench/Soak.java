package dev.prefork.bench;

import dev.prefork.ServerStatus.SlotLife;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Load for a long time, and a worker killed each second: what the supervisor holds must not grow.
 *
 * @param warmUp of the same, before the first look at the supervisor
 * @param length from the first look to the last
 */
record Soak(Duration warmUp, Duration length) implements Experiment {
  private static final int CLIENTS = 16;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final int SPARE_THREADS = 2;
  private static final double GROWTH = 0.1;
  private static final double GROWTH_MIB = 2;

  /** What a process holds. */
  record Holdings(double pssMib, int descriptors, int threads) {
    static Holdings of(ProcessHandle process) {
      return new Holdings(
          ProcessMemory.of(process).pss() / 1024.0,
          ProcessFiles.descriptors(process.pid()),
          ProcessFiles.threads(process.pid()));
    }
  }

  /** What some time of load and kills has cost. */
  record Toll(int kills, LoadResult load) {}

  static Soak of(boolean quick, Duration length) {
    return new Soak(Duration.ofSeconds(quick ? 10 : 60), length);
  }

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(5).plus(warmUp).plus(length);
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    OperatedServer server = laboratory.demo("soak");
    Random random = new Random(1978);
    laboratory.progress("warming up for " + Figures.seconds(warmUp));
    var _ = killUnderLoad(server, random, warmUp);
    Holdings before = holdings(server);
    laboratory.progress("soaking for " + Figures.seconds(length));
    Toll toll = killUnderLoad(server, random, length);
    return findings(before, holdings(server), toll);
  }

  private static Toll killUnderLoad(OperatedServer server, Random random, Duration length) {
    BackgroundLoad clients = BackgroundLoad.start(server, CLIENTS, length);
    int kills = 0;
    while (Waiting.sleep(BETWEEN_KILLS) && !clients.isOver()) {
      Set<Long> accepting = server.status().pids(SlotLife.READY);
      if (!accepting.isEmpty()) {
        OperatedServer.kill(List.copyOf(accepting).get(random.nextInt(accepting.size())));
        kills++;
      }
    }
    return new Toll(kills, clients.result());
  }

  /** Looked at when nothing is under way, and the connection that told so is forgotten. */
  private static Holdings holdings(OperatedServer server) {
    var _ = server.awaitSettled();
    var _ = Waiting.sleep(SETTLE);
    return Holdings.of(server.server().process().handle());
  }

  static List<Finding> findings(Holdings before, Holdings after, Toll toll) {
    double mostMib = before.pssMib * (1 + GROWTH) + GROWTH_MIB;
    return List.of(
        toll.load.failed("failed connections, at most one a kill", toll.kills),
        new Finding("workers killed", toll.kills, "", Bar.NONE, 1),
        new Finding(
            "supervisor's descriptors at the end",
            after.descriptors,
            "",
            new Bar(before.descriptors, before.descriptors),
            2),
        new Finding(
            "supervisor's threads at the end",
            after.threads,
            "",
            new Bar(before.threads - SPARE_THREADS, before.threads + SPARE_THREADS),
            2),
        new Finding("supervisor's PSS at the start", before.pssMib, "MiB", Bar.NONE, 1),
        new Finding("supervisor's PSS at the end", after.pssMib, "MiB", Bar.atMost(mostMib), 1));
  }
}
