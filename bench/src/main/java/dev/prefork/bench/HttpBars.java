package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the preforked sides must keep to. What was not measured has no row. Pure.
 *
 * @param sides all of them
 * @param figures of their rounds
 * @param footprints of those that were measured so
 * @param spawns of those that were measured so
 * @param disturbances of those that were measured so
 */
record HttpBars(
    List<HttpSide> sides,
    HttpFigures figures,
    List<Footprint> footprints,
    List<WorkerSpawn> spawns,
    List<Disturbance> disturbances) {
  private static final double LEAST_TO_ALONE = 0.95;
  private static final double LEAST_TO_APACHE = 1.0;
  private static final double LEAST_TO_NGINX = 0.9;
  private static final double MOST_SPAWN_MS = 260;

  /** The bar in milliseconds is what the program alone took on the host that it was set on. */
  private static final double MOST_SPAWN_TO_ALONE = 1.0;

  private static final double MOST_WORKER_MB = 60;

  /** The program that the bars of start and memory are about, and its number of workers. */
  private static final String LEAN_PROGRAM = "jetty";

  private static final int LEAN_WORKERS = 4;

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Workload workload : Workload.all()) {
      findings.addAll(toAlone(workload));
    }
    toBest("apache", Workload.HELLO, LEAST_TO_APACHE).ifPresent(findings::add);
    toBest("nginx", Workload.HELLO_ONCE, LEAST_TO_NGINX).ifPresent(findings::add);
    for (WorkerSpawn spawn : spawns) {
      findings.addAll(spawned(spawn));
    }
    footprints.stream()
        .filter(one -> one.side().equals(LEAN_PROGRAM + " preforked " + LEAN_WORKERS))
        .forEach(one -> findings.add(workerMemory(one)));
    for (Disturbance disturbance : disturbances) {
      if (preforked().stream().anyMatch(side -> side.name().equals(disturbance.side()))) {
        findings.add(replaced(disturbance));
      }
    }
    return findings;
  }

  private List<PreforkedProgram> preforked() {
    return sides.stream()
        .filter(PreforkedProgram.class::isInstance)
        .map(PreforkedProgram.class::cast)
        .toList();
  }

  private List<Finding> toAlone(Workload workload) {
    List<Finding> findings = new ArrayList<>();
    for (HttpSide alone : sides) {
      for (PreforkedProgram side : preforked()) {
        List<Double> rates = figures.of(side, workload, HttpSample::rate);
        if (alone instanceof LoneProgram
            && alone.program().equals(side.program())
            && side.workers() == HttpSides.WORKERS.getFirst()
            && !rates.isEmpty()) {
          findings.add(
              new Finding(
                  side.name() + " to alone: " + workload.title(),
                  figures.ratio(side, alone, workload),
                  "",
                  Bar.atLeast(LEAST_TO_ALONE),
                  rates.size()));
        }
      }
    }
    return findings;
  }

  /** The best of the preforked sides, in parts of the best of somebody else's. */
  private Optional<Finding> toBest(String program, Workload workload, double least) {
    List<HttpSide> others = sides.stream().filter(side -> side.program().equals(program)).toList();
    Optional<HttpSide> reference = figures.best(others, workload);
    Optional<HttpSide> best = figures.best(preforked(), workload);
    if (reference.isEmpty() || best.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            best.get().name() + " to " + reference.get().name() + ": " + workload.title(),
            figures.ratio(best.get(), reference.get(), workload),
            "",
            Bar.atLeast(least),
            figures.of(best.get(), workload, HttpSample::rate).size()));
  }

  private static List<Finding> spawned(WorkerSpawn spawn) {
    boolean lean = spawn.program().equals(LEAN_PROGRAM);
    Bar most = lean ? Bar.atMost(MOST_SPAWN_MS) : Bar.NONE;
    Bar mostToAlone = lean ? Bar.atMost(MOST_SPAWN_TO_ALONE) : Bar.NONE;
    String what = spawn.program() + ": worker spawn to first answer, ";
    int times = spawn.firstAnswerMs().size();
    return List.of(
        new Finding(what + "median", Statistics.median(spawn.firstAnswerMs()), "ms", most, times),
        new Finding(
            what + "with the quickest JVM options",
            Statistics.median(spawn.quickMs()),
            "ms",
            most,
            times),
        new Finding(what + "to the quickest start alone", spawn.toAlone(), "", mostToAlone, times));
  }

  private static Finding workerMemory(Footprint footprint) {
    return new Finding(
        footprint.side() + ": PSS of a worker that has answered once",
        HttpReport.megabytes(footprint.idle().medianPss()),
        "MB",
        Bar.atMost(MOST_WORKER_MB),
        footprint.idle().workers().size());
  }

  private static Finding replaced(Disturbance disturbance) {
    Disturbance.Loss loss = disturbance.atReplacement();
    return new Finding(
        disturbance.side() + ": failed while all workers are replaced",
        loss.failed(),
        "",
        Bar.atMost(0),
        Math.toIntExact(loss.requests()));
  }
}
