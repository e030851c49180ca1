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
import org.junit.jupiter.api.Test;

class JsonLogLinesTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(3, 1, 4_711);
  private static final String TIME = "{\"time\":\"2026-01-31T12:00:00.007Z\",";
  private static final String IDENTITY = "\"slot\":3,\"generation\":1,\"pid\":4711";

  private static String line(ServerEvent event) {
    String line = new JsonLogLines().line(Instant.parse("2026-01-31T12:00:00.007Z"), event);
    assertThat(line).startsWith(TIME).endsWith("}");
    return line.substring(TIME.length(), line.length() - 1);
  }

  @Test
  void aMessageHasTimeLevelEventAndText() {
    assertThat(line(new ServerEvent.Message(Level.WARNING, "say \"it\"")))
        .isEqualTo("\"level\":\"WARNING\",\"event\":\"message\",\"text\":\"say \\\"it\\\"\"");
  }

  @Test
  void whatWorkersDoHasTheirIdentity() {
    assertThat(line(new ServerEvent.WorkerOutput(WORKER, "a\u0000b")))
        .isEqualTo(
            "\"level\":\"INFO\",\"event\":\"worker_output\",\"text\":\"a\\u0000b\"," + IDENTITY);
    assertThat(line(new ServerEvent.WorkerSpawned(WORKER)))
        .isEqualTo(
            "\"level\":\"INFO\",\"event\":\"worker_spawned\",\"text\":\"spawned\"," + IDENTITY);
    assertThat(line(new ServerEvent.WorkerReady(WORKER)))
        .isEqualTo("\"level\":\"INFO\",\"event\":\"worker_ready\",\"text\":\"ready\"," + IDENTITY);
  }

  @Test
  void anExitSaysHowAndWhetherItWasAskedFor() {
    assertThat(
            line(
                new ServerEvent.WorkerExited(
                    WORKER, Cause.KILLED, "killed by SIGKILL", -1, 9, true, false)))
        .isEqualTo(
            "\"level\":\"ERROR\",\"event\":\"worker_exited\",\"text\":\"killed by SIGKILL\","
                + IDENTITY
                + ",\"exit_code\":-1,\"was_ready\":true,\"expected\":false");
    assertThat(
            line(
                new ServerEvent.WorkerExited(
                    WORKER, Cause.STOPPED, "exited with 143", 143, 0, false, true)))
        .startsWith("\"level\":\"INFO\"");
  }

  @Test
  void aLateRequestHasItsFieldsAndItsWorkersThreads() {
    Request request =
        new Request("127.0.0.1:4711", "loop", Duration.ofMillis(1_042), Duration.ofSeconds(29));

    assertThat(line(new ServerEvent.RequestLate(WORKER, request, "in words", "a\nb")))
        .isEqualTo(
            "\"level\":\"WARNING\",\"event\":\"request_late\",\"text\":\"in words\","
                + IDENTITY
                + ",\"peer\":\"127.0.0.1:4711\",\"label\":\"loop\",\"running_s\":1.042,"
                + "\"thread_dump\":\"a\\nb\"");
  }

  @Test
  void theServersOwnEventsHaveTheirNumbers() {
    assertThat(line(new ServerEvent.Ready(8)))
        .isEqualTo(
            "\"level\":\"INFO\",\"event\":\"ready\",\"text\":\"8 workers ready\",\"workers\":8");
    assertThat(line(new ServerEvent.LogsReopened("USR1")))
        .isEqualTo("\"level\":\"INFO\",\"event\":\"logs_reopened\",\"text\":\"USR1\"");
    assertThat(line(new ServerEvent.Stopped(ExitStatus.FAILED, "why")))
        .isEqualTo("\"level\":\"ERROR\",\"event\":\"stopped\",\"text\":\"why\",\"exit_code\":70");
    assertThat(line(new ServerEvent.Dropped(12)))
        .isEqualTo(
            "\"level\":\"WARNING\",\"event\":\"dropped\","
                + "\"text\":\"12 log lines were dropped here\",\"count\":12");
  }
}
