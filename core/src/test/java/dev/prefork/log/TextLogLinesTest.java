package dev.prefork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.WorkerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextLogLinesTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(3, 1, 4_711);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.007Z");
  private static final String TIME = "2026-01-31T12:00:00.007Z ";

  private final TextLogLines log = new TextLogLines();

  private List<String> lines(ServerEvent... events) {
    return Stream.of(events)
        .map(event -> log.line(NOON, event))
        .filter(Objects::nonNull)
        .map(line -> line.replaceFirst(TIME, ""))
        .toList();
  }

  private static ServerEvent exited(String cause, int code, boolean wasReady, boolean expected) {
    return new ServerEvent.WorkerExited(WORKER, Cause.EXITED, cause, code, 0, wasReady, expected);
  }

  @Test
  void aLineIsTimeLevelText() {
    assertThat(log.line(NOON, new ServerEvent.Message(Level.WARNING, "something")))
        .isEqualTo(TIME + "WARNING something");
  }

  @Test
  void aWorkersOutputHasItsNameBeforeIt() {
    assertThat(lines(new ServerEvent.WorkerOutput(WORKER, "hello")))
        .containsExactly("worker 3 gen 1 pid 4711: hello");
  }

  @Test
  void junkStaysOneLineAndWorksNoTerminal() {
    String junk = "\tat a\r\0\33[2J" + (char) 0x85 + (char) 0x2028 + "é";

    assertThat(lines(new ServerEvent.WorkerOutput(WORKER, junk)))
        .containsExactly("worker 3 gen 1 pid 4711: \tat a\\u000d\\u0000\\u001b[2J\\u0085\\u2028é");
    assertThat(lines(new ServerEvent.Message(Level.INFO, "two\nlines")))
        .containsExactly("INFO two\\u000alines");
  }

  @Test
  void theFirstReadinessIsToldByTheReadyLineAlone() {
    ServerEvent ready = new ServerEvent.WorkerReady(WORKER);

    assertThat(lines(new ServerEvent.WorkerSpawned(WORKER), ready, new ServerEvent.Ready(1)))
        .isEmpty();
    assertThat(lines(ready)).containsExactly("INFO worker 3 gen 1 pid 4711 ready");
  }

  @Test
  void aDeathIsAnErrorAndAnExitWithoutFaultIsNot() {
    assertThat(lines(exited("killed by SIGKILL", -1, true, false)))
        .containsExactly("ERROR worker 3 gen 1 pid 4711 killed by SIGKILL; respawning");
    assertThat(lines(exited("exited with 0", 0, true, false)))
        .containsExactly("INFO worker 3 gen 1 pid 4711 exited with 0; respawning");
    assertThat(lines(exited("exited with 0", 0, true, true))).isEmpty();
  }

  @Test
  void theSameFailureOfManyStartsIsSaidOnce() {
    ServerEvent same = exited("no database (exited with 70)", 70, false, false);

    assertThat(lines(same, same, exited("other (exited with 70)", 70, false, false)))
        .containsExactly(
            "ERROR worker 3 gen 1 pid 4711 could not start: no database (exited with 70)",
            "ERROR worker 3 gen 1 pid 4711 could not start: other (exited with 70)");
  }

  @Test
  void aLateRequestHasItsWorkersThreadsBelowIt() {
    Request request =
        new Request("127.0.0.1:4711", "loop", Duration.ofSeconds(1), Duration.ofSeconds(29));

    assertThat(
            lines(
                new ServerEvent.RequestLate(
                    WORKER, request, "request \"loop\"", "\"main\"\n\tat a\33[2J\n")))
        .containsExactly(
            "WARNING worker 3 gen 1 pid 4711 is late: request \"loop\"\n"
                + "  \"main\"\n  \tat a\\u001b[2J");
  }

  @Test
  void theEndIsAnErrorUnlessItWasAskedFor() {
    assertThat(
            lines(
                new ServerEvent.Stopped(ExitStatus.OK, "TERM: 8 workers drained, 0 cut"),
                new ServerEvent.Stopped(ExitStatus.FAILED, "5 starts in a row failed"),
                new ServerEvent.LogsReopened("USR1"),
                new ServerEvent.Dropped(12)))
        .containsExactly(
            "INFO stopped: TERM: 8 workers drained, 0 cut",
            "ERROR stopped: 5 starts in a row failed",
            "INFO USR1: reopening the logs",
            "WARNING 12 log lines were dropped here: this log is read too slowly");
  }
}
