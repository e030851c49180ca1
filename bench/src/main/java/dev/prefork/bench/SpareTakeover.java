package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * From the end of a killed worker until another process waits for a connection in its place: a warm
 * spare, or without one the replacement.
 *
 * @param kills with a spare, and as many without
 */
record SpareTakeover(int kills) implements Experiment {
  private static final double MOST_WITH_SPARE_MS = 5;
  private static final double MOST_WITHOUT_MS = 150;
  private static final long PATIENCE_MS = 10_000;

  /**
   * Of looks at a JVM that starts, which takes a tenth of a second: looks take it processor time.
   */
  private static final long LOOK_EVERY_NS = 2_000_000;

  static SpareTakeover of(boolean quick) {
    return new SpareTakeover(quick ? 15 : 100);
  }

  @Override
  public String name() {
    return "spare";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4).plusSeconds(4L * kills);
  }

  @Override
  public List<Finding> run(Laboratory laboratory) {
    List<Double> with = takeovers(laboratory.demo("spare", "--spares", "1"));
    List<Double> without = takeovers(laboratory.demo("no-spare", "--spares", "0"));
    List<Finding> findings = new ArrayList<>();
    findings.addAll(findings("exit to a spare that waits", with, MOST_WITH_SPARE_MS));
    findings.addAll(findings("exit to a replacement that waits", without, MOST_WITHOUT_MS));
    return findings;
  }

  static List<Finding> findings(String figure, List<Double> timesMs, double mostMs) {
    return List.of(
        new Finding(
            figure + ", median",
            Statistics.median(timesMs),
            "ms",
            Bar.atMost(mostMs),
            timesMs.size()),
        new Finding(
            figure + ", 90 % within",
            Statistics.percentile(timesMs, 0.9),
            "ms",
            Bar.NONE,
            timesMs.size()));
  }

  private List<Double> takeovers(OperatedServer server) {
    List<Double> timesMs = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      ServerView settled = server.awaitSettled();
      List<Long> accepting = List.copyOf(settled.pids(SlotLife.READY));
      timesMs.add(takeoverMs(server.supervisor(), accepting.get(i % accepting.size()), settled));
    }
    return timesMs;
  }

  private static double takeoverMs(long supervisor, long victim, ServerView settled) {
    List<Path> spares =
        settled.pids(SlotLife.SPARE).stream()
            .flatMap(spare -> ProcessFiles.acceptThreads(spare).stream())
            .toList();
    Posix posix = Posix.system();
    try (Fd end = watch(posix, victim)) {
      OperatedServer.kill(victim);
      require(!posix.awaitReadable(List.of(end), PATIENCE_MS * 1_000_000).isEmpty(), "ended");
    }
    long endedNs = System.nanoTime();
    boolean seen =
        spares.isEmpty()
            ? awaitReplacement(supervisor, settled.pids(SlotLife.READY))
            : Waiting.until(() -> ProcessFiles.accepts(spares), PATIENCE_MS);
    require(
        seen,
        "replaced by one that waits for a connection, as /proc/PID/task/TID/syscall tells it,");
    return (System.nanoTime() - endedNs) / 1e6;
  }

  private static Fd watch(Posix posix, long victim) {
    try {
      return posix.watch(new Pid((int) victim));
    } catch (PosixException e) {
      throw new PreforkException(
          ExitStatus.FAILED, "a worker ended before it was killed: " + e.getMessage());
    }
  }

  private static boolean awaitReplacement(long supervisor, Set<Long> known) {
    Set<Long> newcomers = new TreeSet<>();
    BooleanSupplier spawned =
        () -> {
          newcomers.addAll(ProcessFiles.children(supervisor));
          newcomers.removeAll(known);
          return !newcomers.isEmpty();
        };
    BooleanSupplier accepting =
        () ->
            newcomers.stream()
                .anyMatch(pid -> ProcessFiles.accepts(ProcessFiles.acceptThreads(pid)));
    return Waiting.until(spawned, PATIENCE_MS, LOOK_EVERY_NS)
        && Waiting.until(accepting, PATIENCE_MS, LOOK_EVERY_NS);
  }

  private static void require(boolean happened, String what) {
    if (!happened) {
      throw new PreforkException(
          ExitStatus.FAILED, "a killed worker was not " + what + " within " + PATIENCE_MS + " ms");
    }
  }
}
