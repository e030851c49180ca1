package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;
import dev.prefork.posix.Posix;
import dev.prefork.testing.AnyProgram;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.KeepingProgram;
import dev.prefork.testing.Load;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import dev.prefork.testing.SocketProgram;
import dev.prefork.testing.UnixClient;
import dev.prefork.testing.WebProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executable jars that know nothing of Prefork, as workers. */
class ProgramIT {
  private static final int SCHED_BATCH = 3; // sched(7)
  private static final String GET = "GET / HTTP/1.0\r\n\r\n";

  @RegisterExtension final Commands commands = new Commands();

  private final int port = Ports.free();

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private RunningCommand launch(Class<?> program, List<String> words, String... options) {
    return launch(ProgramJar.make(commands.directory(), program), words, options);
  }

  private RunningCommand launch(Path jar, List<String> words, String... options) {
    List<String> arguments = commands.arguments("run", options);
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.add(jar.toString());
    arguments.addAll(List.of("--", Integer.toString(port)));
    arguments.addAll(words);
    return commands.launch(arguments);
  }

  private RunningCommand web(String... options) {
    commands.expect("started on ");
    return launch(WebProgram.class, List.of(), options).awaitReady();
  }

  /** All that it has spawned: the command line of a program is its own. */
  private static List<String> workers(RunningCommand server) {
    return Processes.children(server.pid()).stream().map(String::valueOf).toList();
  }

  private String ask() {
    return pidIn(Client.ask(address(), GET));
  }

  private Set<String> askUntilAllHaveAnswered(int workers) {
    Set<String> pids = new TreeSet<>();
    Await.until(
        workers + " workers to answer",
        () -> {
          pids.add(ask());
          return pids.size() == workers;
        });
    return pids;
  }

  @Test
  void everyWorkerServesTheSharedListenerOfAnHttpServer() {
    RunningCommand server = web("--workers", "3");
    assertThat(workers(server)).containsAll(askUntilAllHaveAnswered(3));
    assertThat(server.log())
        .contains("each worker gets a heap of at most ")
        .containsPattern("and the size for \\d+ of \\d+ processors");
    workers(server)
        .forEach(pid ->
            assertThat(Processes.commandLine(Long.parseLong(pid)))
                .contains("-Xmx")
                .contains("-XX:ActiveProcessorCount="));
  }

  /** Woken for one connection each, their threads would switch a third more often. */
  @Test
  void everyThreadOfAProgramRunsInBatches() {
    RunningCommand server = web("--workers", "2", "--spares", "0");
    for (String pid : askUntilAllHaveAnswered(2)) {
      assertThat(Processes.schedulingPolicies(Long.parseLong(pid))).containsOnly(SCHED_BATCH);
    }
    assertThat(Processes.schedulingPolicies(server.pid())).doesNotContain(SCHED_BATCH);
  }

  @Test
  void everyWorkerServesTheSharedListenerOfAClassicServerSocket() {
    RunningCommand server = launch(SocketProgram.class, List.of(), "--workers", "3").awaitReady();
    Set<String> pids = new TreeSet<>();
    Await.until(
        "three workers to answer",
        () -> {
          String[] words = Client.ask(address(), "").trim().split(" ", 2);
          assertThat(words[1]).as("its own address").endsWith("/127.0.0.1:" + port);
          pids.add(words[0]);
          return pids.size() == 3;
        });
    assertThat(workers(server)).containsAll(pids);
  }

  @Test
  void aProgramIsStartedAsByJavaJar() throws ClassNotFoundException {
    Class<?> program = Class.forName("dev.prefork.testing.InstanceProgram"); // it is not public
    var _ = launch(program, List.of(), "--workers", "1").awaitReady();
    assertThat(Client.ask(address(), "").trim())
        .isEqualTo(commands.directory().resolve("InstanceProgram.jar") + " true");
  }

  @Test
  void aSpareServesNobodyUntilAWorkerHasDied() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = web("--workers", "1", "--spares", "1");
    Await.until(
        "the spare", () -> server.log().lines().filter(l -> l.endsWith(" ready")).count() == 1);
    String first = ask();
    for (int i = 0; i < 20; i++) {
      assertThat(ask()).isEqualTo(first);
    }
    Processes.signal("KILL", Long.parseLong(first));
    Await.until("the spare to serve", () -> !ask().equals(first));
  }

  @Test
  void workersReplacedUnderLoadLoseNoConnection() {
    commands.expect("started on ");
    RunningCommand server = web("--workers", "2", "--spares", "1");
    Set<String> before = askUntilAllHaveAnswered(2);
    Load load = Load.start(address(), GET, 4);
    try (load) {
      for (int slot = 0; slot < 3; slot++) { // one of them holds the spare
        retire(slot);
      }
      load.awaitAnswers(100);
    }
    for (Outcome outcome : List.of(Outcome.CUT, Outcome.REFUSED, Outcome.TIMEOUT)) {
      assertThat(load.count(outcome)).as(outcome.name()).isZero();
    }
    Await.until("the old ones to be gone", () -> Collections.disjoint(workers(server), before));
  }

  private void retire(int slot) {
    String runtime = commands.directory().resolve("run").toString();
    RunningCommand retire =
        commands.launch(List.of("retire", Integer.toString(slot), "--runtime-dir", runtime));
    assertThat(retire.awaitExit()).as(retire.log()).isZero();
  }

  @Test
  void termLetsTheProgramsOwnShutdownFinishWhatItServes() {
    RunningCommand server = web("--workers", "2");
    try (Client client = Client.connect(address()).send("GET /1500 HTTP/1.0\r\n\r\n")) {
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      server.signal("TERM");
      assertThat(client.readAll()).startsWith("HTTP/1.1 200");
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }

  /** It has no graceful shutdown: TERM ends it while it works. */
  @Test
  void whatAProgramWasAskedIsAnsweredBeforeItGetsTerm() {
    RunningCommand server =
        launch(AnyProgram.class, List.of("channel"), "--workers", "1", "--spares", "0")
            .awaitReady();
    try (Client client = Client.connect(address()).send("GET /2500 HTTP/1.0\r\n\r\n")) {
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      server.signal("TERM");
      assertThat(client.readAll()).startsWith("HTTP/1.0 200");
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
  }

  @Test
  void aProgramWithoutAShutdownOfItsOwnAnswersAllThatItBegins() {
    answersAllThatItBegins(List.of());
  }

  /** As those of logging libraries: the JVM would end when it returns. */
  @Test
  void aProgramWhoseHookShutsNothingDownAnswersAllThatItBegins() {
    commands.expect("hooked");
    assertThat(answersAllThatItBegins(List.of("hooked")).log()).contains("hooked");
  }

  /** Those who keep their connections ask all the time. */
  private RunningCommand answersAllThatItBegins(List<String> words) {
    commands.expect("begun", "answered");
    RunningCommand server =
        launch(KeepingProgram.class, words, "--workers", "1", "--spares", "0").awaitReady();
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          CompletableFuture.runAsync(() -> askUntilTheEnd(answers), Thread::startVirtualThread));
    }
    Await.until("many answers", () -> answers.size() > 200);
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    clients.forEach(CompletableFuture::join);

    assertThat(answers).containsOnly("answer");
    assertThat(count(server.log(), "begun")).isEqualTo(count(server.log(), "answered"));
    return server;
  }

  private static long count(String log, String word) {
    return log.lines().filter(line -> line.endsWith(word)).count();
  }

  /** On one connection; what came of an answer that was cut is kept, too. */
  private void askUntilTheEnd(Queue<String> answers) {
    try (Socket socket = new Socket(address().getAddress(), port)) {
      StringBuilder answer = new StringBuilder();
      int read = '\n';
      while (read >= 0) {
        if (read == '\n') {
          socket.getOutputStream().write("?\n".getBytes(StandardCharsets.US_ASCII));
        }
        read = socket.getInputStream().read();
        if (read >= 0 && read != '\n') {
          answer.append((char) read);
        } else if (!answer.isEmpty()) {
          answers.add(answer.toString());
          answer.setLength(0);
        }
      }
    } catch (IOException e) {
      // the end of a connection that asked while it was ended
    }
  }

  /** As systemd sends it to all processes of a service. */
  @Test
  void termFromElsewhereDrainsAProgramToo() {
    commands.expect("exited with 143; respawning");
    var _ =
        launch(AnyProgram.class, List.of("classic"), "--workers", "1", "--spares", "0")
            .awaitReady();
    String first = ask();
    try (Client client = Client.connect(address()).send("GET /2500 HTTP/1.0\r\n\r\n")) {
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      Processes.signal("TERM", Long.parseLong(first));
      assertThat(pidIn(client.readAll())).isEqualTo(first);
    }
    assertThat(ask()).as("its successor").isNotEqualTo(first);
  }

  @Test
  void aSpareTakesOverFromAProgramThatEndsByItself() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = web("--workers", "1", "--spares", "1");
    String first = ask();
    try (Client client = Client.connect(address()).send("GET /exit HTTP/1.0\r\n\r\n")) {
      Await.until("the spare to answer", () -> !ask().equals(first));
      assertThat(workers(server)).as("it waits for its request").contains(first);
      Processes.signal("KILL", Long.parseLong(first));
      assertThat(client.readAll()).isEmpty();
    }
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
    RunningCommand server = launch(jar, List.of(), "--workers", "1").awaitReady();
    assertThat(workers(server)).containsExactly(ask());
  }

  @Test
  void aProgramThatDoesNotAcceptIsNotReady() {
    commands.expect("not ready within");
    RunningCommand server =
        launch(SocketProgram.class, List.of("never"), "--start-timeout", "1500ms");
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(70);
  }

  /** A start timeout that the machine's load does not reach, in a server that is not waited for. */
  private RunningCommand launchTooLate(Class<?> program, List<String> words, String... options) {
    commands.expect("not ready within", "started on ");
    List<String> all = new ArrayList<>(List.of("--workers", "1", "--start-timeout", "6s"));
    all.addAll(List.of(options));
    return launch(program, words, all.toArray(String[]::new));
  }

  @Test
  void aStartThatTakesTooLongTellsWhereTheProgramDoesNotAccept() {
    launchTooLate(SocketProgram.class, List.of("never"))
        .awaitLog(
            "not ready within its start-timeout of 6s: bound 127.0.0.1:"
                + port
                + ", never accepted on 127.0.0.1:"
                + port);
  }

  @Test
  void aStartThatTakesTooLongTellsWhatTheProgramHasBoundAndWhatNot() {
    int other = Ports.free();
    launchTooLate(WebProgram.class, List.of(), "--listen", "127.0.0.1:" + other)
        .awaitLog(
            "not ready within its start-timeout of 6s: bound 127.0.0.1:"
                + port
                + ", never 127.0.0.1:"
                + other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "timed", "virtual", "channel", "asynchronous"})
  void howeverAProgramAcceptsItIsAskedBeforeItServesAndReplacedWithoutALoss(String way) {
    RunningCommand server =
        launch(
                AnyProgram.class,
                List.of(way),
                "--workers",
                "2",
                "--spares",
                "1",
                "--ready-when",
                "GET /")
            .awaitReady();
    Set<String> before = askUntilAllHaveAnswered(2);
    assertThat(workers(server)).containsAll(before);
    Load load = Load.start(address(), GET, 4);
    try (load) {
      for (int slot = 0; slot < 3; slot++) { // one of them holds the spare
        retire(slot);
      }
      load.awaitAnswers(100);
    }
    assertThat(load.count(Outcome.CUT)).isZero();
    assertThat(load.count(Outcome.REFUSED)).isZero();
    assertThat(load.count(Outcome.TIMEOUT)).isZero();
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
          pids.add(pidIn(UnixClient.ask(path, GET)));
          return pids.size() == 2;
        });
    assertThat(workers(server)).containsAll(pids);

    Processes.signal("TERM", Long.parseLong(pids.iterator().next()));
    Await.until("its successor", () -> !pids.contains(pidIn(UnixClient.ask(path, GET))));
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(path).doesNotExist();
  }

  @Test
  void aProgramIsReadyWhenItAnswersThatItIs() {
    commands.expect("started on ");
    web("--workers", "1", "--spares", "0", "--ready-when", "GET /ready");
    assertThat(Client.ask(address(), "GET /ready HTTP/1.0\r\n\r\n"))
        .as("the third was the last that it waited for")
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aProgramThatDoesNotAnswerWellIsNotReady() {
    launchTooLate(WebProgram.class, List.of(), "--ready-when", "GET /sick")
        .awaitLog("; GET /sick answers \"HTTP/1.1 503 Service Unavailable\"");
  }

  @Test
  void aProgramIsReadyWhenItPrintsThatItIs() {
    commands.expect("started on ");
    RunningCommand server = web("--workers", "2", "--ready-log", "^started on .*:" + port);
    assertThat(workers(server)).containsAll(askUntilAllHaveAnswered(2));
  }

  @Test
  void aProgramThatNeverPrintsThatItIsReadyIsNot() {
    launchTooLate(WebProgram.class, List.of(), "--ready-log", "no such line")
        .awaitLog("; no line matched ready-log \"no such line\"");
  }

  @Test
  void aFullWorkerLeavesTheNextConnectionToAnother() {
    commands.expect("started on ");
    RunningCommand server = web("--workers", "2", "--spares", "0", "--worker-connections", "1");
    askUntilAllHaveAnswered(2);
    try (Client first = Client.connect(address()).send("GET /600 HTTP/1.0\r\n\r\n");
        Client second = Client.connect(address()).send("GET /600 HTTP/1.0\r\n\r\n");
        Client third = Client.connect(address()).send(GET)) {
      assertThat(Set.of(pidIn(first.readAll()), pidIn(second.readAll())))
          .as("two workers, one connection each")
          .hasSize(2);
      assertThat(workers(server)).as("when one of them had room").contains(pidIn(third.readAll()));
    }
  }

  @Test
  void statusTellsTheConnectionsOfAProgram() {
    commands.expect("started on ");
    RunningCommand server = web("--workers", "1", "--spares", "0");
    assertThat(workers(server)).containsExactly(ask());
    try (Client _ = Client.connect(address())) {
      Await.until("the connection to be shown", () -> status().contains("1 open of 2 connections"));
    }
    try (Client client = Client.connect(address()).send("GET /3000 HTTP/1.0\r\n\r\n")) {
      Await.until("that it waits", () -> status().contains("1 open of 3 connections, 1 waits"));
      assertThat(workers(server)).containsExactly(pidIn(client.readAll()));
    }
    Await.until("its end to be shown", () -> !status().contains(" open of "));
    assertThat(status("--json"))
        .as("what was asked, and more than that answered")
        .containsPattern(
            "\"served\":\\{\"connections\":3,.*\"bytes_in\":[1-9]\\d.*\"bytes_out\":[1-9]\\d\\d");
  }

  private String status(String... options) {
    String runtime = commands.directory().resolve("run").toString();
    List<String> words = new ArrayList<>(List.of("status", "--runtime-dir", runtime));
    words.addAll(List.of(options));
    RunningCommand status = commands.launch(words);
    assertThat(status.awaitExit()).as(status.log()).isZero();
    return status.output();
  }

  @Test
  void aWorkerWhoseJvmNoLongerRunsIsKilledAndReplaced() {
    commands.expect("started on ", "its JVM has not run for 2s or longer", "respawning");
    RunningCommand server = web("--workers", "1", "--spares", "0", "--heartbeat-timeout", "2s");
    String first = ask();
    Processes.signal("STOP", Long.parseLong(first));
    server.awaitLog("is killed: its JVM has not run for 2s or longer");
    assertThat(ask()).isNotEqualTo(first);
  }

  private static String pidIn(String answer) {
    return answer.substring(answer.lastIndexOf('\n') + 1);
  }

  @Test
  void aPortThatIsNotSharedIsSaid() {
    commands.expect(
        "started on ", "which is not shared", "BindException", "\tat ", "exited with 1");
    int other = Ports.free();
    RunningCommand server =
        launch(WebProgram.class, List.of(Integer.toString(other)), "--workers", "1").awaitReady();
    server.awaitLog("the program binds " + other + ", which is not shared");
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();
  }
}
