package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus.SlotLife;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How fast {@code status} is answered by a supervisor of many idle workers, also when all of them
 * are stopped, and what so many cost it when nobody asks.
 *
 * @param workers of a small heap
 * @param asks on one connection
 * @param idle time for which the supervisor is left alone
 */
record StatusAnswers(int workers, int asks, Duration idle) implements Experiment {
  private static final double MOST_MS = 20;
  private static final double MOST_PERCENT = 1;

  static StatusAnswers of(boolean quick) {
    return quick
        ? new StatusAnswers(50, 50, Duration.ofSeconds(5))
        : new StatusAnswers(200, 50, Duration.ofSeconds(20));
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(6).plus(idle);
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    OperatedServer server =
        laboratory.demo(
            "status",
            "--workers",
            Integer.toString(workers),
            "--worker-heap",
            "8MiB",
            "--start-timeout",
            "110s");
    Set<Long> pids = server.awaitSettled().pids(SlotLife.READY);
    double percent = processorPercent(server.supervisor());
    List<Double> running = answersMs(server);
    List<Double> stopped;
    signal("STOP", pids);
    try {
      stopped = answersMs(server);
    } finally {
      signal("CONT", pids);
    }
    List<Finding> findings = new ArrayList<>();
    findings.addAll(findings("answer, " + workers + " workers", running));
    findings.addAll(findings("answer, all of them stopped", stopped));
    findings.add(
        new Finding(
            "supervisor's processor time, " + workers + " idle workers",
            percent,
            "%",
            Bar.atMost(MOST_PERCENT),
            1));
    return findings;
  }

  static List<Finding> findings(String figure, List<Double> timesMs) {
    return List.of(
        new Finding(
            figure + ", median", Statistics.median(timesMs), "ms", Bar.NONE, timesMs.size()),
        new Finding(
            figure + ", longest",
            Statistics.percentile(timesMs, 1),
            "ms",
            Bar.atMost(MOST_MS),
            timesMs.size()));
  }

  private List<Double> answersMs(OperatedServer server) {
    List<Double> timesMs = new ArrayList<>();
    try (Control control = server.control()) {
      for (int i = 0; i < asks; i++) {
        long askedNs = System.nanoTime();
        var _ = control.ask("status");
        timesMs.add((System.nanoTime() - askedNs) / 1e6);
      }
    }
    return timesMs;
  }

  private double processorPercent(long supervisor) {
    double before = ProcessFiles.processorSeconds(supervisor);
    long startNs = System.nanoTime();
    var _ = Waiting.sleep(idle);
    double used = ProcessFiles.processorSeconds(supervisor) - before;
    return 100 * used / ((System.nanoTime() - startNs) / 1e9);
  }

  /** By kill(1), in one call for all. */
  private static void signal(String name, Collection<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-s", name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      var _ = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.UNAVAILABLE, "could not run kill(1): " + e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    }
  }
}
