package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;
import dev.prefork.launch.HostResources;
import dev.prefork.posix.Posix;
import dev.prefork.posix.SmallFile;
import dev.prefork.testing.AnyProgram;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import dev.prefork.testing.SocketProgram;
import dev.prefork.testing.UnixClient;
import dev.prefork.testing.WebProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Executable jars that know nothing of Prefork, as workers: what they share, and what is told of
 * it.
 */
class ProgramIT {
  private static final int SCHED_BATCH = 3; // sched(7)
  private static final String AGENT = "libinstrument.so";
  private static final Pattern BYTES_OUT =
      Pattern.compile("\"served\":\\{[^}]*\"bytes_out\":(\\d+)");

  @RegisterExtension final Commands commands = new Commands();

  private final Programs programs = new Programs(commands);

  @Test
  void everyWorkerServesTheSharedListenerOfAnHttpServer() {
    RunningCommand server = programs.web("--workers", "3");
    assertThat(Programs.workers(server)).containsAll(programs.askUntilAllHaveAnswered(3));
    assertThat(server.log())
        .contains("each worker gets a heap of at most ")
        .containsPattern("and the size for \\d+ of \\d+ processors");
    Programs.workers(server)
        .forEach(pid ->
            assertThat(Processes.commandLine(Long.parseLong(pid)))
                .contains("-Xmx")
                .contains("-XX:ActiveProcessorCount="));
  }

  @Test
  void aHeapThatTheUserChoosesBeginsSmallToo() {
    programs.web("--workers", "1", "--spares", "0", "--worker-heap", "64MiB");
    assertThat(Processes.commandLine(Long.parseLong(programs.ask())))
        .contains("-Xmx" + (64 << 20) + " -Xms" + (16 << 20) + " ");
  }

  @Test
  void aWorkerAsksForHugePagesWhereTheKernelWaitsForThatAlone() {
    boolean waits = HostResources.of(SmallFile::read, 1).hugePages();
    RunningCommand server = programs.web("--workers", "1", "--spares", "0");
    assertThat(server.log().contains(" and huge pages\n")).isEqualTo(waits);
    assertThat(Processes.asksForHugePages(Long.parseLong(programs.ask()))).isEqualTo(waits);
  }

  /** With an agent, the JVM would show each class that it loads to Java code. */
  @Test
  void anAgentIsLoadedOnlyWhereTheJdkHasLoadedItsSocketsBefore() {
    RunningCommand server = programs.web("--workers", "1", "--spares", "0");
    assertThat(Processes.maps(Long.parseLong(programs.ask())))
        .contains("libnio.so")
        .doesNotContain(AGENT);
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();

    String jmx = "--worker-jvm-option=-Dcom.sun.management.jmxremote";
    RunningCommand listening =
        programs.web(
            "--workers", "2", jmx + ".port=0", jmx + ".authenticate=false", jmx + ".ssl=false");
    Set<String> pids = programs.askUntilAllHaveAnswered(2);
    assertThat(Programs.workers(listening)).containsAll(pids);
    pids.forEach(pid -> assertThat(Processes.maps(Long.parseLong(pid))).contains(AGENT));
  }

  /** A recording has loaded the JDK's file channels before the program's main. */
  @ParameterizedTest
  @ValueSource(strings = {"-Dunset", "-XX:StartFlightRecording"})
  void whatIsSentBySendfileCountsAndNeedsNoAgent(String option) throws IOException {
    commands.expect("jfr", "^$", "Use jcmd");
    Path jar = ProgramJar.make(commands.directory(), AnyProgram.class);
    var _ =
        programs
            .launch(
                jar,
                List.of("channel"),
                "--workers",
                "1",
                "--spares",
                "0",
                "--worker-jvm-option=" + option)
            .awaitReady();
    String pid = programs.ask();
    String answer = Client.ask(programs.address(), "GET /jar HTTP/1.0\r\n\r\n");
    assertThat(answer).contains("META-INF/MANIFEST.MF");
    long size = Files.size(jar);
    Await.until("the jar to be counted", () -> bytesOut(programs.status("--json")) > size);
    assertThat(Processes.maps(Long.parseLong(pid))).doesNotContain(AGENT);
  }

  private static long bytesOut(String status) {
    Matcher bytes = BYTES_OUT.matcher(status);
    return bytes.find() ? Long.parseLong(bytes.group(1)) : 0;
  }

  /** Who trains the cache keeps the list for those that start from it. */
  @ParameterizedTest
  @CsvSource({"-Dunset, __JVM_DefineClass__", "-Djava.locale.providers=SPI|CLDR, jrt:"})
  void aProgramFindsAllLocalesOfTheJdk(String option, String listedBy) throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    Path loaded = commands.directory().resolve("loaded");
    RunningCommand server =
        programs.web(
            "--aot-cache",
            commands.directory().resolve("caches").toString(),
            "--workers",
            "1",
            "--spares",
            "0",
            "--worker-jvm-option=" + option.replace('|', ','),
            "--worker-jvm-option=-Xlog:class+load:file=" + loaded + "-%p");
    server.awaitLog("trained the AOT cache", Duration.ofMinutes(5));
    Processes.signal("KILL", Long.parseLong(programs.ask()));
    String[] all =
        Stream.of(Locale.getAvailableLocales()).map(Locale::toString).toArray(String[]::new);
    assertThat(locales()).containsExactlyInAnyOrder(all);
    assertThat(Files.readString(Path.of(loaded + "-" + programs.ask())))
        .containsPattern("\\$AllAvailableLocales source: " + listedBy);
  }

  private String[] locales() {
    String answer = Client.ask(programs.address(), "GET /locales HTTP/1.0\r\n\r\n");
    return answer.substring(answer.indexOf('[') + 1, answer.length() - 1).split(", ", -1);
  }

  /** Woken for one connection each, their threads would switch a third more often. */
  @Test
  void everyThreadOfAProgramRunsInBatches() {
    RunningCommand server = programs.web("--workers", "2", "--spares", "0");
    for (String pid : programs.askUntilAllHaveAnswered(2)) {
      assertThat(Processes.schedulingPolicies(Long.parseLong(pid))).containsOnly(SCHED_BATCH);
    }
    assertThat(Processes.schedulingPolicies(server.pid())).doesNotContain(SCHED_BATCH);
  }

  @Test
  void everyWorkerServesTheSharedListenerOfAClassicServerSocket() {
    RunningCommand server =
        programs.launch(SocketProgram.class, List.of(), "--workers", "3").awaitReady();
    Set<String> pids = new TreeSet<>();
    Await.until(
        "three workers to answer",
        () -> {
          String[] words = Client.ask(programs.address(), "").trim().split(" ", 2);
          assertThat(words[1]).as("its own address").endsWith("/127.0.0.1:" + programs.port());
          pids.add(words[0]);
          return pids.size() == 3;
        });
    assertThat(Programs.workers(server)).containsAll(pids);
  }

  @Test
  void everyWorkerServesTheSharedPathAndNoneTakesItAway() {
    commands.expect("exited with 143; respawning");
    Path path = commands.directory().resolve("app.sock");
    List<String> arguments = commands.arguments("run", "--workers", "2", "--ready-when", "GET /");
    arguments.set(arguments.indexOf("127.0.0.1:0"), "unix:" + path);
    arguments.addAll(List.of("--argument=" + path, "--argument=unix"));
    arguments.add(ProgramJar.make(commands.directory(), AnyProgram.class).toString());
    RunningCommand server = commands.launch(arguments).awaitReady();
    Set<String> pids = new TreeSet<>();
    Await.until(
        "both workers to answer",
        () -> {
          pids.add(Programs.pidIn(UnixClient.ask(path, Programs.GET)));
          return pids.size() == 2;
        });
    assertThat(Programs.workers(server)).containsAll(pids);

    Processes.signal("TERM", Long.parseLong(pids.iterator().next()));
    Await.until(
        "its successor", () -> !pids.contains(Programs.pidIn(UnixClient.ask(path, Programs.GET))));
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(path).doesNotExist();
  }

  @Test
  void aProgramIsStartedAsByJavaJar() throws ClassNotFoundException {
    Class<?> program = Class.forName("dev.prefork.testing.InstanceProgram"); // it is not public
    var _ = programs.launch(program, List.of(), "--workers", "1").awaitReady();
    assertThat(Client.ask(programs.address(), "").trim())
        .isEqualTo(commands.directory().resolve("InstanceProgram.jar") + " true");
  }

  @Test
  void classesOfAnotherPreforkThatAProgramBringsAreNotTaken() throws IOException {
    commands.expect("started on ");
    try (OutputStream out = Files.newOutputStream(commands.directory().resolve("older.jar"));
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Class<?> ours : List.of(PreforkWorker.class, ExitStatus.class, Posix.class)) {
        entries.putNextEntry(new JarEntry(ours.getName().replace('.', '/') + ".class"));
        entries.write("no class file".getBytes(StandardCharsets.US_ASCII));
      }
    }
    Path jar = ProgramJar.make(commands.directory(), WebProgram.class, "older.jar");
    RunningCommand server = programs.launch(jar, List.of(), "--workers", "1").awaitReady();
    assertThat(Programs.workers(server)).containsExactly(programs.ask());
  }

  @Test
  void aFullWorkerLeavesTheNextConnectionToAnother() {
    RunningCommand server =
        programs.web("--workers", "2", "--spares", "0", "--worker-connections", "1");
    programs.askUntilAllHaveAnswered(2);
    try (Client first = Client.connect(programs.address()).send(Programs.REQUEST_LINE);
        Client second = Client.connect(programs.address()).send(Programs.REQUEST_LINE);
        Client third = Client.connect(programs.address()).send(Programs.GET)) {
      Await.until("the first two to be accepted", () -> Processes.accepted(programs.port()) == 2);
      first.send(Programs.END);
      second.send(Programs.END);
      assertThat(Set.of(Programs.pidIn(first.readAll()), Programs.pidIn(second.readAll())))
          .as("two workers, one connection each")
          .hasSize(2);
      assertThat(Programs.workers(server))
          .as("when one of them had room")
          .contains(Programs.pidIn(third.readAll()));
    }
  }

  @Test
  void statusTellsTheConnectionsOfAProgram() {
    RunningCommand server = programs.web("--workers", "1", "--spares", "0");
    assertThat(Programs.workers(server)).containsExactly(programs.ask());
    try (Client _ = Client.connect(programs.address())) {
      Await.until(
          "the connection to be shown",
          () -> programs.status().contains("1 open of 2 connections"));
    }
    try (Client client = Client.connect(programs.address()).send(Programs.REQUEST_LINE)) {
      Await.until(
          "that it waits", () -> programs.status().contains("1 open of 3 connections, 1 waits"));
      client.send(Programs.END);
      assertThat(Programs.workers(server)).containsExactly(Programs.pidIn(client.readAll()));
    }
    Await.until("its end to be shown", () -> !programs.status().contains(" open of "));
    assertThat(programs.status("--json"))
        .as("what was asked, and more than that answered")
        .containsPattern(
            "\"served\":\\{\"connections\":3,.*\"bytes_in\":[1-9]\\d.*\"bytes_out\":[1-9]\\d\\d");
  }

  @Test
  void aPortThatIsNotSharedIsSaid() {
    commands.expect(
        "started on ", "which is not shared", "BindException", "\tat ", "exited with 1");
    int other = Ports.free();
    RunningCommand server =
        programs
            .launch(WebProgram.class, List.of(Integer.toString(other)), "--workers", "1")
            .awaitReady();
    server.awaitLog("the program binds " + other + ", which is not shared");
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();
  }
}
