package dev.prefork.coroner;

import dev.prefork.ServerEvent.WorkerExited;
import dev.prefork.WorkerDeath;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.scoreboard.LaneReading;
import dev.prefork.scoreboard.SlotReading;
import dev.prefork.supervisor.Obituary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a worker died of, from what is left of it. Reads files: not the loop's business.
 */
public final class Coroner {
  /** What the runtime directory calls the folder of crash files. */
  public static final String CRASH_DIRECTORY = "crash";

  private static final int MAX_DUMPS = 100;

  private final InstantSource time;
  private final Optional<Path> crashDirectory;
  private final OutOfMemoryKills outOfMemoryKills;

  /** Thread dumps of late requests, by pid, the oldest first. */
  private final Map<Long, String> dumps = new LinkedHashMap<>();

  Coroner(InstantSource time, Optional<Path> crashDirectory, OutOfMemoryKills outOfMemoryKills) {
    this.time = time;
    this.crashDirectory = crashDirectory;
    this.outOfMemoryKills = outOfMemoryKills;
  }

  /** For the workers of this process; crash files are looked for in the runtime directory. */
  public static Coroner of(Optional<Path> runtimeDirectory) {
    return new Coroner(
        InstantSource.system(),
        runtimeDirectory.map(directory -> directory.resolve(CRASH_DIRECTORY)),
        OutOfMemoryKills.ofThisProcess());
  }

  /** Keeps the threads of a worker that is late, for the case that it dies of it. */
  public synchronized void keepDump(long pid, String dump) {
    dumps.put(pid, dump);
    if (dumps.size() > MAX_DUMPS) {
      dumps.remove(dumps.keySet().iterator().next());
    }
  }

  /** The certificate. */
  public synchronized WorkerDeath certify(Obituary obituary) {
    WorkerExited exit = obituary.exit();
    SlotReading last = obituary.last();
    long pid = exit.worker().pid();
    Optional<Path> crash = crashDirectory.flatMap(directory -> CrashFile.of(directory, pid));
    String frame = crash.map(CrashFile::problematicFrame).orElse("");
    outOfMemoryKills.look(obituary.nowNs());
    Cause cause = cause(exit);
    String dump = dumps.remove(pid);
    crashDirectory.filter(_ -> crash.isPresent()).ifPresent(CrashFile::prune);
    return new WorkerDeath(
        time.instant(),
        exit.worker(),
        cause,
        exit.cause(),
        exit.exitCode(),
        exit.signal(),
        exit.expected(),
        Duration.ofNanos(last.spawnedNs() == 0 ? 0 : obituary.nowNs() - last.spawnedNs()),
        exit.wasReady(),
        last.counters().requests(),
        serving(last, obituary.nowNs()),
        last.proportionalBytes() == 0 ? last.residentBytes() : last.proportionalBytes(),
        crash.map(Path::toString).orElse(""),
        frame,
        dump == null ? "" : dump);
  }

  private Cause cause(WorkerExited exit) {
    return exit.kind() == Cause.KILLED && outOfMemoryKills.claim()
        ? Cause.OUT_OF_MEMORY_KILLER
        : exit.kind();
  }

  private static List<String> serving(SlotReading last, long nowNs) {
    List<String> serving = new ArrayList<>();
    for (LaneReading lane : last.lanes()) {
      if (lane.isBusy()) {
        String label = lane.label().isEmpty() ? "a request" : lane.label();
        long ms = (nowNs - lane.sinceNs()) / 1_000_000;
        serving.add(label + " of " + lane.peer() + " for " + ms + " ms");
      }
    }
    return serving;
  }
}
