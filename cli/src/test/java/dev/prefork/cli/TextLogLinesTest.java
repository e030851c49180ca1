package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.WorkerIdentity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(3, 1, 4_711);
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ConsoleLog log = new ConsoleLog(new PrintStream(err, true, UTF_8));

  private List<String> lines(ServerEvent... events) {
    err.reset();
    for (ServerEvent event : events) {
      log.accept(event);
    }
    return err.toString(UTF_8).lines().map(line -> line.replaceFirst(TIME, "")).toList();
  }

  private static ServerEvent exited(String cause, int code, boolean wasReady, boolean expected) {
    return new ServerEvent.WorkerExited(WORKER, cause, code, wasReady, expected);
  }

  @Test
  void aLineIsTimeLevelText() {
    log.accept(new ServerEvent.Message(Level.WARNING, "something"));

    assertThat(err.toString(UTF_8)).matches(TIME + "WARNING something\n");
  }

  @Test
  void aWorkersOutputHasItsNameBeforeIt() {
    assertThat(lines(new ServerEvent.WorkerOutput(WORKER, "hello")))
        .containsExactly("worker 3 gen 1 pid 4711: hello");
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
  void theEndIsAnErrorUnlessItWasAskedFor() {
    assertThat(
            lines(
                new ServerEvent.Stopped(ExitStatus.OK, "TERM: 8 workers drained, 0 cut"),
                new ServerEvent.Stopped(ExitStatus.FAILED, "5 starts in a row failed"),
                new ServerEvent.Dropped(12)))
        .containsExactly(
            "INFO stopped: TERM: 8 workers drained, 0 cut",
            "ERROR stopped: 5 starts in a row failed",
            "WARNING 12 log lines were dropped: this log is read too slowly");
  }
}
