package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that are no JVMs, as workers: they take their listeners by LISTEN_FDS. */
class CommandIT {
  private static final String PYTHON = "/usr/bin/python3"; // a version manager's starts far slower
  private static final String GET = "GET / HTTP/1.0\r\n\r\n";

  @RegisterExtension final Commands commands = new Commands();

  private Path script(String name) {
    Path file = commands.directory().resolve(name);
    try (InputStream in = Objects.requireNonNull(CommandIT.class.getResourceAsStream(name))) {
      var _ = Files.copy(in, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private RunningCommand launch(String command, String... options) {
    List<String> arguments = new ArrayList<>(commands.arguments("run", options));
    arguments.addAll(List.of("--command", command));
    return commands.launch(arguments);
  }

  private RunningCommand threads(String... options) {
    return launch(PYTHON + " '" + script("threads.py") + "'", options).awaitReady();
  }

  private static List<String> workers(RunningCommand server) {
    return Processes.children(server.pid()).stream().map(String::valueOf).toList();
  }

  private static String ask(InetSocketAddress address) {
    String answer = Client.ask(address, GET);
    return answer.substring(answer.lastIndexOf('\n') + 1);
  }

  private static Set<String> askUntilAllHaveAnswered(RunningCommand server, int workers) {
    Set<String> pids = new TreeSet<>();
    Await.until(
        workers + " workers to answer",
        () -> {
          pids.add(ask(server.address()));
          return pids.size() == workers;
        });
    return pids;
  }

  private void retire(int slot) {
    String runtime = commands.directory().resolve("run").toString();
    RunningCommand retire =
        commands.launch(List.of("retire", Integer.toString(slot), "--runtime-dir", runtime));
    assertThat(retire.awaitExit()).as(retire.log()).isZero();
  }

  @Test
  void everyWorkerServesAndTermDrainsThem() {
    RunningCommand server = threads("--workers", "4", "--stop-timeout", "20s");
    assertThat(workers(server))
        .containsExactlyInAnyOrderElementsOf(askUntilAllHaveAnswered(server, 4));
    try (Client client = Client.connect(server.address()).send("GET /1500 HTTP/1.0\r\n\r\n")) {
      int port = server.address().getPort();
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      server.signal("TERM");
      assertThat(client.readAll()).startsWith("HTTP/1.0 200");
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 4 workers drained, 0 cut");
  }

  @Test
  void aKilledWorkerLosesItsOwnRequestsAloneAndIsReplaced() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = threads("--workers", "4");
    int clients = 4;
    try (Load load = Load.start(server.address(), GET, clients)) {
      String killed = ask(server.address());
      Processes.signal("KILL", Long.parseLong(killed));
      Await.until(
          "four others", () -> workers(server).size() == 4 && !workers(server).contains(killed));
      load.awaitAnswers(100);
      assertThat(load.count(Outcome.CUT)).isLessThanOrEqualTo(clients);
      assertThat(load.count(Outcome.REFUSED) + load.count(Outcome.TIMEOUT)).isZero();
    }
    assertThat(workers(server)).containsAll(askUntilAllHaveAnswered(server, 4));
  }

  @Test
  void workersReplacedUnderLoadLoseNoConnection() {
    RunningCommand server = threads("--workers", "4", "--ready-after", "500ms");
    Set<String> before = askUntilAllHaveAnswered(server, 4);
    Load load = Load.start(server.address(), GET, 4);
    try (load) {
      for (int slot = 0; slot < 4; slot++) { // a successor takes a place that is free by then
        retire(slot);
      }
      load.awaitAnswers(100);
    }
    for (Outcome outcome : List.of(Outcome.CUT, Outcome.REFUSED, Outcome.TIMEOUT)) {
      assertThat(load.count(outcome)).as(outcome.name()).isZero();
    }
    Await.until("the old ones to be gone", () -> Collections.disjoint(workers(server), before));
    assertThat(workers(server)).containsAll(askUntilAllHaveAnswered(server, 4));
  }

  @Test
  void readyIsWhatTheProgramSays() {
    commands.expect(": status: slot ");
    String command = PYTHON + " '" + script("events.py") + "'";
    RunningCommand server = launch(command, "--workers", "2", "--ready-after", "1h").awaitReady();
    server.awaitLog(": status: slot 0 serves"); // which is written beside the line that tells ready
    server.awaitLog(": status: slot 1 serves");
    var _ = askUntilAllHaveAnswered(server, 2);
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("2 workers drained, 0 cut");
  }

  @Test
  void nodeServesToo() {
    assumeThat(Processes.succeeds("node", "--version")).as("node is installed").isTrue();
    RunningCommand server =
        launch("node '" + script("node.js") + "'", "--workers", "2").awaitReady();
    assertThat(workers(server)).containsAll(askUntilAllHaveAnswered(server, 2));
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("2 workers drained, 0 cut");
  }

  @Test
  void argumentsFollowTheCommandsOwnWordsAsTheyAre() {
    commands.expect("exited with 3", ": zero,");
    RunningCommand server =
        launch("sh -c 'echo \"$0,$1,$*\"; exit 3' zero", "--argument=a b", "--argument=$HOME");
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(70);
    assertThat(server.log())
        .contains(": zero,a b,a b $HOME", "5 starts in a row failed, the last one: exited with 3");
  }

  @Test
  void aCommandThatIsNotThereIsRefusedInOneLine() {
    commands.expect("could not run the command");
    RunningCommand server = launch("no-such-program --x");
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(78);
    assertThat(server.log().lines())
        .singleElement()
        .asString()
        .contains("could not run the command no-such-program: no such program in PATH");
  }

  @Test
  void theWorkersOfAKilledSupervisorGo() {
    RunningCommand server = threads("--workers", "3");
    try (Client client = Client.connect(server.address()).send("GET /1000 HTTP/1.0\r\n\r\n")) {
      int port = server.address().getPort();
      Await.until("the request to be accepted", () -> Processes.accepted(port) == 1);
      server.signal("KILL");
      assertThat(client.readAll()).as("they finish what is open").startsWith("HTTP/1.0 200");
    }
    Await.until("the last worker's end", () -> commands.processes().isEmpty());
  }

  @Test
  void anOldWorkerThatDoesNotLetGoOfThePortIsNamed() {
    commands.expect("Address already in use");
    RunningCommand server = threads("--workers", "1");
    String stopped = workers(server).getFirst();
    Processes.signal("STOP", Long.parseLong(stopped));
    server.signal("KILL");
    assertThat(server.awaitExit()).isEqualTo(128 + 9);
    try {
      RunningCommand next =
          commands.launch(
              commands.arguments("demo", "--listen", "127.0.0.1:" + server.address().getPort()));
      assertThat(next.awaitExit()).as(next.log()).isEqualTo(69);
      assertThat(next.log()).contains("process " + stopped + " (a worker left by a killed");
    } finally {
      Processes.signal("CONT", Long.parseLong(stopped));
    }
    Await.until("its end", () -> !Processes.exists(Long.parseLong(stopped)));
  }

  @Test
  void aCommandHasNoThreadDump() {
    RunningCommand server = threads("--workers", "1");
    String runtime = commands.directory().resolve("run").toString();
    RunningCommand dump = commands.launch(List.of("dump", "--runtime-dir", runtime));
    commands.expect("are no JVMs");
    assertThat(dump.awaitExit()).as(dump.log()).isEqualTo(64);
    assertThat(workers(server)).containsExactly(ask(server.address()));
  }
}
