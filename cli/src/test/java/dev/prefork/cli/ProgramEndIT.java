package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.AnyProgram;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.KeepingProgram;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what a program was asked when its worker is replaced or ends. */
class ProgramEndIT {
  @RegisterExtension final Commands commands = new Commands();

  private final Programs programs = new Programs(commands);

  @Test
  void aSpareServesNobodyUntilAWorkerHasDied() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = programs.web("--workers", "1", "--spares", "1");
    Await.until(
        "the spare", () -> server.log().lines().filter(l -> l.endsWith(" ready")).count() == 1);
    String first = programs.ask();
    for (int i = 0; i < 20; i++) {
      assertThat(programs.ask()).isEqualTo(first);
    }
    Processes.signal("KILL", Long.parseLong(first));
    Await.until("the spare to serve", () -> !programs.ask().equals(first));
  }

  @Test
  void workersReplacedUnderLoadLoseNoConnection() {
    RunningCommand server = programs.web("--workers", "2", "--spares", "1");
    Set<String> before = programs.askUntilAllHaveAnswered(2);
    replacingThemUnderLoadLosesNothing();
    Await.until(
        "the old ones to be gone", () -> Collections.disjoint(Programs.workers(server), before));
  }

  /** Two workers and a spare. */
  private void replacingThemUnderLoadLosesNothing() {
    Load load = Load.start(programs.address(), Programs.GET, 4);
    try (load) {
      for (int slot = 0; slot < 3; slot++) { // one of them holds the spare
        programs.retire(slot);
      }
      load.awaitAnswers(100);
    }
    for (Outcome outcome : List.of(Outcome.CUT, Outcome.REFUSED, Outcome.TIMEOUT)) {
      assertThat(load.count(outcome)).as(outcome.name()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "timed", "virtual", "channel", "asynchronous"})
  void howeverAProgramAcceptsItIsAskedBeforeItServesAndReplacedWithoutALoss(String way) {
    RunningCommand server =
        programs
            .launch(
                AnyProgram.class,
                List.of(way),
                "--workers",
                "2",
                "--spares",
                "1",
                "--ready-when",
                "GET /")
            .awaitReady();
    Set<String> before = programs.askUntilAllHaveAnswered(2);
    assertThat(Programs.workers(server)).containsAll(before);
    replacingThemUnderLoadLosesNothing();
  }

  @Test
  void termLetsTheProgramsOwnShutdownFinishWhatItServes() {
    RunningCommand server = programs.web("--workers", "2");
    programs.answersAndLeavesAtTerm(server, "/1500", "HTTP/1.1 200");
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }

  /** It has no graceful shutdown: TERM ends it while it works. */
  @Test
  void whatAProgramWasAskedIsAnsweredBeforeItGetsTerm() {
    RunningCommand server =
        programs
            .launch(AnyProgram.class, List.of("channel"), "--workers", "1", "--spares", "0")
            .awaitReady();
    programs.answersAndLeavesAtTerm(server, "/2500", "HTTP/1.0 200");
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
        programs
            .launch(KeepingProgram.class, words, "--workers", "1", "--spares", "0")
            .awaitReady();
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
    try (Socket socket = new Socket(programs.address().getAddress(), programs.port())) {
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
        programs
            .launch(AnyProgram.class, List.of("classic"), "--workers", "1", "--spares", "0")
            .awaitReady();
    String first = programs.ask();
    try (Client client = Client.connect(programs.address()).send("GET /2500 HTTP/1.0\r\n\r\n")) {
      Await.until("the request to be accepted", () -> Processes.accepted(programs.port()) == 1);
      Processes.signal("TERM", Long.parseLong(first));
      assertThat(Programs.pidIn(client.readAll())).isEqualTo(first);
    }
    assertThat(programs.ask()).as("its successor").isNotEqualTo(first);
  }

  @Test
  void aSpareTakesOverFromAProgramThatEndsByItself() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = programs.web("--workers", "1", "--spares", "1");
    String first = programs.ask();
    try (Client client = Client.connect(programs.address()).send("GET /exit HTTP/1.0\r\n\r\n")) {
      Await.until("the spare to answer", () -> !programs.ask().equals(first));
      assertThat(Programs.workers(server)).as("it waits for its request").contains(first);
      Processes.signal("KILL", Long.parseLong(first));
      assertThat(client.readAll()).isEmpty();
    }
  }
}
