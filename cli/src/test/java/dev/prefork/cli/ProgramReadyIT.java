package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Client;
import dev.prefork.testing.Ports;
import dev.prefork.testing.SocketProgram;
import dev.prefork.testing.WebProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a program that knows nothing of Prefork is ready, and what is told when it is not. */
class ProgramReadyIT {
  @RegisterExtension final Commands commands = new Commands();

  private final Programs programs = new Programs(commands);

  @Test
  void aProgramThatDoesNotAcceptIsNotReady() {
    commands.expect("not ready within");
    RunningCommand server =
        programs.launch(SocketProgram.class, List.of("never"), "--start-timeout", "1500ms");
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(70);
  }

  /** A start timeout that the machine's load does not reach, in a server that is not waited for. */
  private RunningCommand launchTooLate(Class<?> program, List<String> words, String... options) {
    commands.expect("not ready within", "started on ");
    List<String> all = new ArrayList<>(List.of("--workers", "1", "--start-timeout", "6s"));
    all.addAll(List.of(options));
    return programs.launch(program, words, all.toArray(String[]::new));
  }

  @Test
  void aStartThatTakesTooLongTellsWhereTheProgramDoesNotAccept() {
    launchTooLate(SocketProgram.class, List.of("never"))
        .awaitLog(
            "not ready within its start-timeout of 6s: bound 127.0.0.1:"
                + programs.port()
                + ", never accepted on 127.0.0.1:"
                + programs.port());
  }

  @Test
  void aStartThatTakesTooLongTellsWhatTheProgramHasBoundAndWhatNot() {
    int other = Ports.free();
    launchTooLate(WebProgram.class, List.of(), "--listen", "127.0.0.1:" + other)
        .awaitLog(
            "not ready within its start-timeout of 6s: bound 127.0.0.1:"
                + programs.port()
                + ", never 127.0.0.1:"
                + other);
  }

  @Test
  void aProgramIsReadyWhenItAnswersThatItIs() {
    programs.web("--workers", "1", "--spares", "0", "--ready-when", "GET /ready");
    assertThat(Client.ask(programs.address(), "GET /ready HTTP/1.0\r\n\r\n"))
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
    RunningCommand server =
        programs.web("--workers", "2", "--ready-log", "^started on .*:" + programs.port());
    assertThat(Programs.workers(server)).containsAll(programs.askUntilAllHaveAnswered(2));
  }

  @Test
  void aProgramThatNeverPrintsThatItIsReadyIsNot() {
    launchTooLate(WebProgram.class, List.of(), "--ready-log", "no such line")
        .awaitLog("; no line matched ready-log \"no such line\"");
  }
}
