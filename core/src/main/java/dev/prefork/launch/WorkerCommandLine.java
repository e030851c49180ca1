package dev.prefork.launch;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Options;
import dev.prefork.config.ServerConfig;
import dev.prefork.posix.InheritedDescriptors;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line and environment of a worker's JVM: lean flags, then the user's own, of which the
 * last wins.
 */
final class WorkerCommandLine {
  static final String MAIN_CLASS = "dev.prefork.worker.WorkerMain";

  private static final Pattern GC_CHOICE = Pattern.compile("-XX:\\+Use\\w+GC");
  private static final Pattern HEAP_CHOICE =
      Pattern.compile("-Xmx.*|-XX:(MaxHeapSize|MaxRAM|MaxRAMPercentage|MinRAMPercentage)=.*");
  private static final Set<String> OURS =
      Set.of("-jar", "-cp", "-classpath", "--class-path", "-m", "--module", "-Xrs");

  /** Meant for the supervisor, or read by a java launcher: a worker must see none of them. */
  private static final Pattern DROPPED =
      Pattern.compile("NOTIFY_SOCKET|WATCHDOG_.*|LISTEN_.*|JDK_JAVA_OPTIONS|INVOCATION_ID");

  private static final long LEAN_INITIAL_HEAP = 16L << 20;

  private static final long LEAN_YOUNG = 12L << 20;

  /** How a worker takes the ahead-of-time cache. */
  private static final List<String> ARCHIVE =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          // At the addresses that it was made for: else each worker has to correct a copy.
          "-XX:ArchiveRelocationMode=0",
          // C2 would compile what the training ran, for a second, while the worker starts.
          "-XX:-AOTReplayTraining");

  /** It grows as it is filled; the JVM's own touches a hundred pages more at each start. */
  private static final String STRING_TABLE = "-XX:StringTableSize=4096";

  /** Measured on an idle worker: see docs/decisions on lean workers. */
  private static final List<String> LEAN =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=32m",
          "-Xss512k",
          "-XX:-UsePerfData",
          "-Djdk.reflect.useNativeAccessorOnly=true",
          // Twice what C1 inlines by itself: a tenth less time for a short connection.
          "-XX:C1MaxInlineSize=80");

  private final ServerConfig config;
  private final Path java;
  private final Path core;
  private final Map<String, String> environment;

  /** Lets a program in on the listeners; null for a handler. */
  private final @Nullable Path agent;

  /** Null until a worker is to start: a program's may take the reading of a hundred jars. */
  private @Nullable List<Path> classPath;

  /** What a program's jar names beside, known with the class path. */
  private List<Path> named = List.of();

  /** A program's part of the host; a handler's worker is lean wherever it runs. */
  private final WorkerShare share;

  WorkerCommandLine(
      ServerConfig config,
      Path java,
      Path core,
      Map<String, String> environment,
      Supplier<HostResources> host) {
    this.config = config;
    this.java = java;
    this.core = core;
    this.environment = environment;
    this.agent = config.application().isProgram() ? AgentJar.find() : null;
    config.workerJvmOptions().forEach(WorkerCommandLine::checkOption);
    if (config.workerHeap().isPresent() && choosesHeap()) {
      throw usage(
          "worker-heap and a worker-jvm-option or JAVA_TOOL_OPTIONS both bound the heap: give one of"
              + " them");
    }
    boolean heapChosen = config.workerHeap().isPresent() || choosesHeap();
    this.share =
        config.application().isProgram()
            ? WorkerShare.of(host.get(), config.pool(), userOptions(), heapChosen)
            : new WorkerShare(List.of(), "");
  }

  private static void checkOption(String option) {
    if (!option.startsWith("-") && !option.startsWith("@")) {
      throw usage("worker-jvm-option must start with a dash, not \"" + option + "\"");
    }
    if (OURS.contains(option)
        || option.startsWith("--class-path=")
        || option.startsWith("--module=")) {
      throw usage(
          "worker-jvm-option can't be \""
              + option
              + "\": Prefork starts the workers' main class itself, on its own class path, and stops"
              + " them by TERM; say where the application is with class-path");
    }
  }

  private static PreforkException usage(String message) {
    return new PreforkException(ExitStatus.USAGE, message);
  }

  String program() {
    return java.toString();
  }

  /**
   * A worker's whole line.
   *
   * @param aot what its JVM is told of the ahead-of-time cache
   */
  List<String> arguments(int slot, int generation, List<String> aot) {
    List<String> line = flags();
    config
        .runtimeDirectory()
        .ifPresent(directory -> line.add("-XX:ErrorFile=" + directory + "/crash/hs_err_%p.log"));
    // For people: ps tells the workers apart by these.
    line.add("-Dprefork.worker=" + slot);
    line.add("-Dprefork.generation=" + generation);
    line.addAll(config.workerJvmOptions());
    line.addAll(aot);
    line.add("-cp");
    line.add(joinedClassPath());
    if (config.application().isProgram()) {
      line.add(AgentJar.MAIN_CLASS);
      line.add(config.application().name());
      line.addAll(config.application().arguments());
    } else {
      line.add(MAIN_CLASS);
    }
    return line;
  }

  /** The workers' JVM alone: as for a worker, but for that it is told to do something else. */
  List<String> alone(List<String> instead) {
    List<String> line = flags();
    line.addAll(config.workerJvmOptions());
    line.add("-cp");
    line.add(joinedClassPath());
    line.addAll(instead); // last: the launcher reads nothing after -version
    return line;
  }

  /** Program and flags, the user's excepted. */
  private List<String> flags() {
    List<String> line = new ArrayList<>();
    line.add(program());
    if (config.application().isProgram()) {
      addProgramFlags(line);
    } else {
      addLeanFlags(line);
    }
    line.add(STRING_TABLE);
    line.add("-XX:+ExitOnOutOfMemoryError");
    line.add(InheritedDescriptors.REQUIRED_OPENS);
    line.add("--enable-native-access=ALL-UNNAMED");
    return line;
  }

  /** A program keeps the JVM's own choices; but no worker may take the machine for its own. */
  private void addProgramFlags(List<String> line) {
    config.workerHeap().ifPresent(bytes -> line.addAll(WorkerShare.heap(bytes)));
    line.addAll(share.flags());
    line.addAll(AgentJar.REQUIRED_EXPORTS);
    line.addAll(ARCHIVE);
  }

  /** What a program's worker gets of the host, in words; empty if Prefork decides nothing. */
  String share() {
    return share.text();
  }

  private void addLeanFlags(List<String> line) {
    if (!choosesGarbageCollector()) {
      line.add("-XX:+UseSerialGC");
    }
    if (!choosesHeap()) {
      long heap = config.workerHeap().orElseGet(Options.WORKER_HEAP::defaultValue);
      line.add("-Xmx" + heap);
      line.add("-Xms" + Math.min(heap, LEAN_INITIAL_HEAP));
      // What a request of a megabyte builds fits into a survivor space, and so dies young.
      line.add("-XX:NewSize=" + Math.min(heap / 3, LEAN_YOUNG));
      line.add("-XX:SurvivorRatio=1");
      line.add("-XX:TargetSurvivorRatio=100");
      // What the start has built would be copied 15 times, a millisecond each.
      line.add("-XX:MaxTenuringThreshold=4");
      // What HeapReturn collects is given back, at once and nearly all of it.
      line.addAll(
          List.of("-XX:-ShrinkHeapInSteps", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=40"));
    }
    line.addAll(LEAN);
    line.addAll(ARCHIVE);
  }

  /** What a worker's classes come from, in their order. */
  List<Path> classPath() {
    List<Path> known = classPath;
    if (known == null) {
      known = findClassPath();
      classPath = known;
    }
    return known;
  }

  /** All that the JVM looks for classes in: those, and what a program's jar names. */
  List<Path> searched() {
    List<Path> searched = new ArrayList<>(classPath());
    searched.addAll(named);
    return searched;
  }

  private List<Path> findClassPath() {
    if (agent != null) {
      ProgramClassPath program = new ProgramClassPath(Path.of(config.application().name()));
      named = program.named();
      return program.with(core, agent);
    }
    Set<Path> entries = new LinkedHashSet<>();
    entries.add(core);
    config.classPath().forEach(entry -> entries.add(entry.toAbsolutePath()));
    return List.copyOf(entries);
  }

  private String joinedClassPath() {
    return classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  List<String> environment() {
    return entries(inherited(environment));
  }

  /** Of the supervisor's environment what is for its workers too, in order. */
  static Map<String, String> inherited(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>(environment);
    kept.keySet().removeIf(name -> DROPPED.matcher(name).matches());
    return kept;
  }

  /** An environment as execve(2) takes it. */
  static List<String> entries(Map<String, String> kept) {
    List<String> entries = new ArrayList<>();
    kept.forEach((name, value) -> entries.add(name + "=" + value));
    return entries;
  }

  private boolean choosesGarbageCollector() {
    return userOptions().stream().anyMatch(option -> GC_CHOICE.matcher(option).matches());
  }

  private boolean choosesHeap() {
    return userOptions().stream().anyMatch(option -> HEAP_CHOICE.matcher(option).matches());
  }

  /** What the user tells the workers' JVM, by our option or by the JVM's own variable. */
  List<String> userOptions() {
    List<String> options = new ArrayList<>(config.workerJvmOptions());
    options.addAll(List.of(environment.getOrDefault("JAVA_TOOL_OPTIONS", "").split("\\s+")));
    return options;
  }
}
