package dev.prefork.launch;

import dev.prefork.AcceptMode;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.listen.Listener;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.Scheduling;
import dev.prefork.posix.SpawnRequest;
import dev.prefork.scoreboard.ScoreboardFile;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spawns workers that are JVMs. One of them inherits the listeners, its ends of the pipes, and
 * nothing else.
 */
public final class WorkerLauncher implements Launcher {
  private static final int STANDARD_OUTPUT = 1;

  private final Posix posix;
  private final ServerConfig config;
  private final Listeners listeners;
  private final WorkerCommandLine commandLine;
  private final Supplier<List<String>> aotFlags;
  private final ProgramConfig program;
  private final Duration drainBound;
  private final Scheduling scheduling;
  private final @Nullable AotCache aotCache;
  private final Fd devNull;
  private final Fd lock;
  private final Fd scoreboard;

  /** Ours for as long as this process lives: never closed. */
  private final Fd standardOutput;

  /**
   * Prepares to spawn workers of one server.
   *
   * @param scoreboard the scoreboard's file; closed with the launcher
   * @param environment the supervisor's, from which the workers' is made
   * @throws dev.prefork.PreforkException (usage) if the options for the workers' JVM conflict
   */
  public WorkerLauncher(
      Posix posix,
      ServerConfig config,
      Listeners listeners,
      Fd scoreboard,
      Map<String, String> environment) {
    this.posix = posix;
    this.config = config;
    this.listeners = listeners;
    this.scoreboard = scoreboard;
    this.commandLine = commandLine(config, environment);
    this.drainBound = config.stopTimeout();
    this.scheduling = scheduling(config);
    this.aotCache = config.aotCache().map(at -> AotCache.in(at, config, commandLine)).orElse(null);
    this.aotFlags = aotCache == null ? List::of : aotCache::flags;
    this.program = config.program().forServing();
    this.devNull = posix.open(Path.of("/dev/null"));
    this.lock = lockBeside(devNull);
    this.standardOutput = new Fd(posix, STANDARD_OUTPUT);
  }

  /** As another, but its workers record what an ahead-of-time cache is made of. */
  private WorkerLauncher(
      WorkerLauncher other,
      Fd scoreboard,
      List<String> aotFlags,
      ProgramConfig program,
      Duration drainBound,
      Scheduling scheduling) {
    this.posix = other.posix;
    this.config = other.config;
    this.listeners = other.listeners;
    this.scoreboard = scoreboard;
    this.commandLine = other.commandLine;
    this.drainBound = drainBound;
    this.scheduling = scheduling;
    this.aotCache = null;
    this.aotFlags = () -> aotFlags;
    this.program = program;
    this.devNull = posix.open(Path.of("/dev/null"));
    this.lock = lockBeside(devNull);
    this.standardOutput = other.standardOutput;
  }

  /**
   * Not in batches under a lock: a worker woken for it must run, or who gave it back has it again.
   */
  private static Scheduling scheduling(ServerConfig config) {
    return config.application().acceptsItself() || config.accept() == AcceptMode.KERNEL
        ? Scheduling.BATCH
        : Scheduling.INHERITED;
  }

  /**
   * Checks the options for the workers' JVM, as a launcher does, and spawns nothing.
   *
   * @throws dev.prefork.PreforkException (usage) if they conflict
   */
  public static void check(ServerConfig config, Map<String, String> environment) {
    var _ = commandLine(config, environment);
  }

  private static WorkerCommandLine commandLine(
      ServerConfig config, Map<String, String> environment) {
    return new WorkerCommandLine(
        config, java(), coreLocation(), environment, HostResources::ofThisProcess);
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private Fd lockBeside(Fd opened) {
    try {
      return posix.memoryFile("prefork-accept-lock");
    } catch (PosixException e) {
      opened.close();
      throw e;
    }
  }

  private static Path coreLocation() {
    try {
      return Path.of(
          WorkerLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }

  /** Spawns a worker. It is ready when it says so. */
  @Override
  public WorkerProcess spawn(int slot, int generation) {
    try (SpawnDescriptors opened = new SpawnDescriptors(posix)) {
      Fd spec = opened.add(posix.memoryFile("prefork-launch-spec"));
      var _ = posix.write(spec, LaunchSpecCodec.encode(specFor(slot, generation)));
      posix.rewind(spec);
      Posix.Pipe commands = opened.pipe();
      Posix.Pipe reports = opened.pipe();
      Posix.Pipe output = opened.pipe();
      posix.setBlocking(commands.writeEnd(), false);
      posix.setBlocking(reports.readEnd(), false);
      posix.setBlocking(output.readEnd(), false);
      List<Fd> inherited =
          new ArrayList<>(
              List.of(
                  devNull,
                  output.writeEnd(),
                  output.writeEnd(),
                  spec,
                  commands.readEnd(),
                  reports.writeEnd(),
                  lock,
                  scoreboard));
      listeners.all().forEach(listener -> inherited.add(listener.socket()));
      if (logsToStandardOutput()) {
        inherited.add(standardOutput);
      }
      Pid pid =
          posix.spawn(
              new SpawnRequest(
                  commandLine.program(),
                  commandLine.arguments(slot, generation, aotFlags.get()),
                  commandLine.environment(),
                  inherited,
                  scheduling,
                  scheduling.yields())); // who serves stays in the supervisor's session
      Fd exit = opened.watchOrKill(pid, () -> posix.watch(pid));
      opened.handOver(commands.writeEnd(), reports.readEnd(), output.readEnd());
      return WorkerProcess.ofJvm(
          new WorkerIdentity(slot, generation, pid.value()),
          exit,
          commands.writeEnd(),
          reports.readEnd(),
          output.readEnd());
    }
  }

  /** What each worker gets of the host, in words; empty if that is as the user said. */
  public String share() {
    return commandLine.share();
  }

  /** The paths that whoever trains the cache is to be asked. */
  public List<String> aotRequests() {
    return config.program().aotRequests();
  }

  /** The ahead-of-time cache that its workers use, or will; null if none was asked for. */
  public @Nullable AotCache aotCache() {
    return aotCache;
  }

  /**
   * A launcher of workers that write down, when they end, what the cache is to hold. They are to be
   * drained before they serve anything.
   *
   * @param cache what is to be made
   * @param recorded the file that they write
   * @param requests the paths that they are asked before they are ready
   * @param drainBound how long the writing may take
   * @param scheduling when they run
   */
  public WorkerLauncher recording(
      AotCache cache,
      Path recorded,
      List<String> requests,
      Duration drainBound,
      Scheduling scheduling) {
    List<String> flags =
        List.of(
            "-XX:AOTMode=record",
            "-XX:AOTConfiguration=" + recorded,
            "-Dprefork.training=true",
            cache.kept());
    ScoreboardFile unseen = ScoreboardFile.create(posix, Optional.empty(), 1, config.concurrency());
    return new WorkerLauncher(
        this, unseen.file(), flags, config.program().forTraining(requests), drainBound, scheduling);
  }

  /** Whether its workers bring code into the JDK, which {@link #prepare} makes. */
  public boolean bringsCode() {
    return config.application().isProgram();
  }

  /** Starts the JVM that makes that code, once for all workers, and keeps it beside a cache. */
  public Pid prepare(AotCache cache, Fd output, Scheduling scheduling) {
    return spawnAlone(List.of(cache.kept(), AgentJar.PREPARATION_CLASS), output, scheduling);
  }

  /** Starts the JVM that makes a cache of what was recorded; nothing of the application runs. */
  public Pid assemble(Path recorded, Path cache, Fd output, Scheduling scheduling) {
    return spawnAlone(
        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + cache),
        output,
        scheduling);
  }

  /** Starts a JVM that fails with its reason if workers would not get anything of this cache. */
  public Pid tryOut(Path cache, Fd output) {
    return spawnAlone(
        List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-version"), output, Scheduling.NICE);
  }

  /**
   * Starts a JVM that is nobody's worker.
   *
   * @param arguments flags, main class and what is for it
   * @param environment the supervisor's
   * @param output where it writes to
   */
  public static Pid spawnTool(
      Posix posix, List<String> arguments, Map<String, String> environment, Fd output) {
    List<String> line = new ArrayList<>(arguments);
    line.addFirst(java().toString());
    try (Fd devNull = posix.open(Path.of("/dev/null"))) {
      return posix.spawn(
          new SpawnRequest(
              line.getFirst(),
              line,
              WorkerCommandLine.entries(WorkerCommandLine.inherited(environment)),
              List.of(devNull, output, output),
              Scheduling.INHERITED,
              true));
    }
  }

  private Pid spawnAlone(List<String> flags, Fd output, Scheduling scheduling) {
    return posix.spawn(
        new SpawnRequest(
            commandLine.program(),
            commandLine.alone(flags),
            commandLine.environment(),
            List.of(devNull, output, output),
            scheduling,
            true));
  }

  private LaunchSpec specFor(int slot, int generation) {
    List<StandardProtocolFamily> families = new ArrayList<>();
    for (Listener listener : listeners.all()) {
      families.add(listener.family());
    }
    return new LaunchSpec(
        config.application().kind(),
        config.application().name(),
        slot,
        generation,
        config.accept(),
        config.concurrency(),
        config.connectionTimeout(),
        drainBound,
        program,
        config.limits().maxRequests().map(WorkerLauncher::withChance).orElse(0),
        config.accessLog().orElse(""),
        config.logFormat(),
        config.backlog(),
        families);
  }

  /** Up to a tenth more, so that workers which started together don't go together. */
  private static int withChance(int requests) {
    return requests + ThreadLocalRandom.current().nextInt(requests / 10 + 1);
  }

  private boolean logsToStandardOutput() {
    return config.accessLog().filter(LaunchSpec.INHERITED_LOG::equals).isPresent();
  }

  @Override
  public void close() {
    devNull.close();
    lock.close();
    scoreboard.close();
  }
}
