package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import dev.prefork.testing.WebProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ahead-of-time caches: trained beside a server, used by the workers that start later. */
class AotCacheIT {
  private static final String TRAINED = "INFO trained the AOT cache .*/WebProgram-[0-9a-f]{16}.aot";

  @RegisterExtension final Commands commands = new Commands();

  private Path caches() {
    return commands.directory().resolve("caches");
  }

  /** A program that is told another port than its server's: it is never asked anything. */
  private RunningCommand launch(String... options) {
    commands.expect("started on ");
    List<String> arguments = commands.arguments("run", options);
    arguments.addAll(List.of("--aot-cache", caches().toString(), "--workers", "1"));
    int port = Ports.free();
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.add("--argument=" + port);
    Path jar = commands.directory().resolve("WebProgram.jar");
    if (!Files.exists(jar)) {
      jar = ProgramJar.make(commands.directory(), WebProgram.class);
    }
    arguments.add(jar.toString());
    return commands.launch(arguments).awaitReady();
  }

  /** A minute and more where the processors are busy. */
  private static void awaitTrained(RunningCommand server) {
    server.awaitLog(TRAINED, Duration.ofMinutes(5));
  }

  private static long worker(RunningCommand server) {
    AtomicReference<List<Long>> seen = new AtomicReference<>(List.of());
    Await.until(
        "its worker alone",
        () -> {
          seen.set(Processes.children(server.pid()));
          return Objects.requireNonNull(seen.get()).size() == 1;
        });
    return Objects.requireNonNull(seen.get()).getFirst();
  }

  private static boolean mapsACache(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/maps")).contains(".aot");
    } catch (IOException e) {
      return false;
    }
  }

  /** What is kept of the program; the agent keeps something too. */
  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(caches())) {
      return files.filter(file -> file.getFileName().toString().startsWith("WebProgram")).toList();
    }
  }

  @Test
  void aCacheIsTrainedOnceAndUsedByWhoStartsLater() throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand first = launch();
    awaitTrained(first);
    long untrained = worker(first);
    assertThat(mapsACache(untrained)).isFalse();

    Processes.signal("KILL", untrained);
    Await.until("a worker with the cache", () -> mapsACache(worker(first)));
    assertThat(kept()).singleElement().asString().endsWith(".aot");
    first.signal("TERM");
    first.awaitExit();

    RunningCommand second = launch();
    assertThat(mapsACache(worker(second))).isTrue();
    assertThat(second.log()).doesNotContainPattern(TRAINED);
  }

  /** Who waits for an idle processor waits for ever. */
  @Tag("slow")
  @Test
  void aCacheIsTrainedBesideProcessorsThatAreAlwaysBusy() throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      var _ = Thread.ofPlatform().daemon().start(() -> loopUntil(over));
    }
    try {
      awaitTrained(launch());
      assertThat(kept()).hasSize(1);
    } finally {
      over.set(true);
    }
  }

  private static void loopUntil(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aCacheThatTheJvmRefusesIsSaidAndTrainedAnew() throws IOException {
    commands.expect("WARNING the AOT cache .* is of no use: a JVM with the workers' flags exited");
    commands.expect("\\[(error|warning)");
    RunningCommand first = launch();
    awaitTrained(first);
    first.signal("TERM");
    first.awaitExit();
    Files.write(kept().getFirst(), new byte[100_000]);

    RunningCommand second = launch();
    second.awaitLog("is of no use");
    awaitTrained(second);
  }

  /** Ready by its log, too: nobody reads the lines of the worker that trains. */
  @Test
  void aProgramIsAskedInItsTrainingWhatIsToBeAnsweredFromTheCache() {
    RunningCommand server =
        launch(
            "--ready-log", "started on", "--aot-request", "/touch", "--aot-request", "GET /other");
    awaitTrained(server);
    assertThat(commands.directory().resolve("touched")).exists();
  }

  @Test
  void aProgramThatDoesNotBearARequestInItsTrainingIsTrainedWithout() {
    RunningCommand server = launch("--aot-request", "/die");
    awaitTrained(server);
  }

  @Test
  void aServerThatIsStoppedWhileItTrainsLeavesNothing() throws IOException {
    RunningCommand server = launch();
    Await.until("a process beside the worker", () -> Processes.children(server.pid()).size() > 1);
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();
    assertThat(commands.processes()).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatOthersCanWriteToIsNotTrusted() throws IOException {
    commands.expect("WARNING could not train the AOT cache .*you alone may write to");
    Files.createDirectory(
        caches(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setPosixFilePermissions(caches(), PosixFilePermissions.fromString("rwxrwxrwx"));
    RunningCommand server = launch();
    server.awaitLog("could not train the AOT cache");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aClassPathWithAFolderIsSaidToHaveNone() {
    List<String> arguments = commands.obedientArguments("--aot-cache", caches().toString());
    int classPath = arguments.indexOf("--class-path") + 1;
    arguments.set(classPath, arguments.get(classPath) + ":" + commands.directory());
    RunningCommand server = commands.launch(arguments).awaitReady();
    server.awaitLog("INFO workers start without an AOT cache: the JVM takes jars alone, not /");
  }

  @Test
  void aProgramWhoseJarNamesAFolderIsSaidToHaveNoneAndTheAgentsCodeIsKept() throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    Path conf = Files.createDirectory(commands.directory().resolve("conf"));
    Files.createFile(conf.resolve("app.properties"));
    ProgramJar.make(commands.directory(), WebProgram.class, "conf/");
    RunningCommand server = launch();
    server.awaitLog(
        "INFO workers start without an AOT cache: the JVM takes jars alone, not " + conf);

    Await.until("the code to be kept", () -> files().anyMatch(name -> name.startsWith("sockets-")));
    long first = worker(server);
    assertThat(isToldOfTheCaches(first)).isFalse();
    Processes.signal("KILL", first);
    Await.until("a worker that is told where", () -> isToldOfTheCaches(worker(server)));
    server.awaitLog("pid " + worker(server) + " ready");
  }

  private Stream<String> files() {
    String[] names = caches().toFile().list();
    return Stream.of(names == null ? new String[0] : names);
  }

  private boolean isToldOfTheCaches(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"))
          .contains("-Dprefork.caches=" + caches());
    } catch (IOException e) {
      return false;
    }
  }
}
