package dev.prefork.aot;

import dev.prefork.ServerEvent;
import dev.prefork.launch.AotCache;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerLauncher;
import dev.prefork.launch.WorkerProcess;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PrivateDirectory;
import dev.prefork.posix.Scheduling;
import dev.prefork.posix.WaitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sees to it that workers have an ahead-of-time cache that their JVM takes. One that is there is
 * tried out; else one is trained: a worker that gets ready, and is drained before it serves
 * anything, records what it has loaded, and a JVM makes the cache of that. All of it on a thread of
 * its own, in processes that run when nobody else wants to; or, where that is not for long enough,
 * a little beside the others: a server that is always busy needs quick starts no less.
 */
public final class Trainer implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(5);

  /** How long processors are waited for that nobody else wants: Spring Boot's take 10 s of them. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long the process that runs when the server stops is waited for, once it is killed. */
  private static final Duration END_BOUND = Duration.ofSeconds(5);

  /** A cache that nobody has used for so long is deleted: its application has changed. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** What is not finished by then was left by a server that was killed: all work has its bound. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private static final String FINISHED = ".aot";

  private final Posix posix;
  private final WorkerLauncher launcher;
  private final AotCache cache;
  private final Consumer<ServerEvent> told;
  private final TrainingProcesses processes;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("prefork-aot").unstarted(this::run);

  /**
   * Prepares to train.
   *
   * @param launcher spawns the server's workers
   * @param cache what it gives to them
   * @param told is told how it went
   */
  public Trainer(Posix posix, WorkerLauncher launcher, AotCache cache, Consumer<ServerEvent> told) {
    this.posix = posix;
    this.launcher = launcher;
    this.cache = cache;
    this.told = told;
    this.processes = new TrainingProcesses(posix, BOUND);
  }

  /** Begins, on a daemon thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    if (!cache.objection().isEmpty()) {
      say(ServerEvent.Level.INFO, "workers start without an AOT cache: " + cache.objection());
      prepareAlone();
      return;
    }
    try {
      if (!cache.isUsed() || !isTaken()) {
        train();
      }
    } catch (IOException | RuntimeException e) {
      if (!processes.isClosed()) {
        say(
            ServerEvent.Level.WARNING,
            "could not train the AOT cache "
                + cache.file()
                + ": "
                + e.getMessage()
                + "; workers start without it (aot-cache says where it stands, or none)");
      }
    }
  }

  private boolean isTaken() throws IOException {
    try {
      tryOut(cache.file());
      Files.setLastModifiedTime(cache.file(), FileTime.from(Instant.now()));
      return true;
    } catch (TrainingFailure e) {
      if (processes.isClosed()) {
        throw e;
      }
      cache.use(false);
      say(
          ServerEvent.Level.WARNING,
          "the AOT cache " + cache.file() + " is of no use: " + e.getMessage());
      return false;
    }
  }

  /** What can't be in a cache can still be made once. */
  private void prepareAlone() {
    if (launcher.bringsCode()) {
      try {
        openDirectory();
        prepare(Scheduling.NICE);
      } catch (IOException | RuntimeException e) {
        if (!processes.isClosed()) {
          say(ServerEvent.Level.INFO, "the agent makes its code at each start: " + e.getMessage());
        }
      }
    }
  }

  /** From then on workers may find there what is kept, whether or not a cache can be made. */
  private void openDirectory() throws IOException {
    Path directory = cache.directory();
    PrivateDirectory.make(directory);
    String objection = PrivateDirectory.objection(directory);
    if (!objection.isEmpty()) {
      throw new IOException(objection);
    }
    deleteUnused(directory);
    cache.trust();
  }

  private void train() throws IOException {
    long beganNs = System.nanoTime();
    openDirectory();
    Path recorded = beside(".recorded");
    Path made = beside(".made");
    try {
      make(recorded, made);
      tryOut(made);
      Files.move(made, cache.file(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(recorded);
      Files.deleteIfExists(made);
    }
    cache.use(true);
    long ms = Duration.ofNanos(System.nanoTime() - beganNs).toMillis();
    say(ServerEvent.Level.INFO, "trained the AOT cache " + cache.file() + " in " + ms + " ms");
  }

  /** Who runs when nobody else wants to can't be given more without privilege: another is. */
  private void make(Path recorded, Path made) throws IOException {
    try {
      processes.within(PATIENCE);
      make(recorded, made, Scheduling.IDLE);
    } catch (TrainingTimeout e) {
      processes.within(BOUND);
      make(recorded, made, Scheduling.NICE);
    }
  }

  private void make(Path recorded, Path made, Scheduling scheduling) throws IOException {
    if (launcher.bringsCode()) {
      prepare(scheduling);
    }
    record(recorded, scheduling);
    WaitStatus end = processes.run(output -> launcher.assemble(recorded, made, output, scheduling));
    require("the JVM that makes it", end, isSuccess(end) && isWritten(made));
  }

  /** Named after this process: another server may train the same cache now. */
  private Path beside(String ending) {
    return Path.of(cache.file() + "." + Pid.self() + ending);
  }

  private static void deleteUnused(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*" + FINISHED + "*")) {
      for (Path file : files) {
        if (isUnused(file, FINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Whether nobody has used one of the caches' files for so long that nobody will.
   *
   * @param finished how its name ends once it is
   */
  static boolean isUnused(Path file, String finished) throws IOException {
    Duration kept = file.toString().endsWith(finished) ? KEPT : UNDER_WAY;
    return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(kept));
  }

  /** Before a worker records: what it would need to make the code would be in the cache. */
  private void prepare(Scheduling scheduling) throws IOException {
    WaitStatus end = processes.run(output -> launcher.prepare(cache, output, scheduling));
    require("the JVM that makes the agent's code", end, isSuccess(end));
  }

  /**
   * Once more without requests, if those are more than the program bears: it may be no server of
   * HTTP.
   */
  private void record(Path recorded, Scheduling scheduling) throws IOException {
    List<String> requests = launcher.aotRequests();
    try {
      record(recorded, requests, scheduling);
    } catch (TrainingFailure e) {
      if (requests.isEmpty() || processes.isClosed() || e instanceof TrainingTimeout) {
        throw e;
      }
      record(recorded, List.of(), scheduling);
    }
  }

  /** A program that was told to stop may say so in its exit code: the file alone tells. */
  private void record(Path recorded, List<String> requests, Scheduling scheduling)
      throws IOException {
    try (WorkerLauncher recording =
            launcher.recording(cache, recorded, requests, BOUND, scheduling);
        WorkerProcess worker = recording.spawn(0, 0)) {
      WaitStatus end =
          processes.await(
              worker.pid(),
              worker.output(),
              worker.reports(),
              line -> drainWhenReady(worker, line));
      require("the worker", end, end instanceof WaitStatus.Exited && isWritten(recorded));
    }
  }

  /** A JVM that has refused the class path at its end leaves the file empty. */
  private static boolean isWritten(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  private void drainWhenReady(WorkerProcess worker, String line) {
    WorkerReport report = WorkerReport.decode(line);
    if (report != null && report.kind() == WorkerReport.Kind.READY) {
      String drain = LaunchSpec.DRAIN_COMMAND + "\n";
      var _ = posix.write(worker.commands(), drain.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void tryOut(Path made) throws IOException {
    processes.within(BOUND);
    WaitStatus end = processes.run(output -> launcher.tryOut(made, output));
    require("a JVM with the workers' flags", end, isSuccess(end));
  }

  static boolean isSuccess(WaitStatus end) {
    return end instanceof WaitStatus.Exited(int code) && code == 0;
  }

  private void require(String who, WaitStatus end, boolean done) throws TrainingFailure {
    if (!done) {
      throw new TrainingFailure(who + " " + end + ", saying: " + processes.lastWords());
    }
  }

  private void say(ServerEvent.Level level, String text) {
    told.accept(new ServerEvent.Message(level, text));
  }

  /** Kills what it has started, and starts nothing more: a recording worker holds the listeners. */
  @Override
  public void close() {
    processes.close();
  }

  /**
   * Waits, once closed, until its process has ended and its files are deleted. Not for ever: who
   * runs when nobody else wants to has to wait for a processor to end, too, seconds on a busy
   * machine.
   */
  public void awaitEnd() {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      var _ = thread.join(END_BOUND);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
