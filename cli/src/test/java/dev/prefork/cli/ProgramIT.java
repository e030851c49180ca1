package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import dev.prefork.testing.SocketProgram;
import dev.prefork.testing.WebProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Executable jars that know nothing of Prefork, as workers. */
class ProgramIT {
  private static final String GET = "GET / HTTP/1.0\r\n\r\n";

  @RegisterExtension final Commands commands = new Commands();

  private final int port = Ports.free();

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private RunningCommand launch(Class<?> program, List<String> words, String... options) {
    List<String> arguments = commands.arguments("run", options);
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.add("--argument=" + port);
    words.forEach(word -> arguments.add("--argument=" + word));
    arguments.add(ProgramJar.make(commands.directory(), program).toString());
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
    String answer = Client.ask(address(), GET);
    return answer.substring(answer.lastIndexOf('\n') + 1);
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

  @Test
  void aProgramThatDoesNotAcceptIsNotReady() {
    commands.expect("not ready within");
    RunningCommand server =
        launch(SocketProgram.class, List.of("never"), "--start-timeout", "1500ms");
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(70);
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
