package dev.prefork.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLineTest {
  private static final String NEW_YEAR = "2027-01-01T00:00:00.010Z";
  private static final WorkerIdentity WORKER = new WorkerIdentity(3, 2, 4_711);

  private static String line(AccessLine lines, String time, Outcome outcome) {
    return line(lines, time, "", outcome);
  }

  private static String line(AccessLine lines, String time, String label, Outcome outcome) {
    long acceptedMs = Instant.parse(time).toEpochMilli();
    return lines.write(acceptedMs, "[::1]:40000", label, 12, 345, 1_042, outcome.word).toString();
  }

  @Test
  void textHasItsFieldsInOrder() {
    AccessLine lines = new AccessLine(LogFormat.TEXT, WORKER);

    assertThat(line(lines, "2026-01-02T03:04:05.006Z", Outcome.OK))
        .isEqualTo(
            "2026-01-02T03:04:05.006Z [::1]:40000 - 12 345 1.042 ok worker 3 gen 2 pid 4711\n");
  }

  @Test
  void jsonNamesThem() {
    AccessLine lines = new AccessLine(LogFormat.JSON, WORKER);

    assertThat(line(lines, "2026-01-02T03:04:05.006Z", Outcome.RESET))
        .isEqualTo(
            "{\"time\":\"2026-01-02T03:04:05.006Z\",\"peer\":\"[::1]:40000\",\"label\":\"\","
                + "\"bytes_in\":12,\"bytes_out\":345,\"duration_ms\":1.042,\"outcome\":\"reset\","
                + "\"slot\":3,\"generation\":2,\"pid\":4711}\n");
  }

  @Test
  void whatTheApplicationCallsItStandsInQuotes() {
    String label = "GET /größe?\"\u001b[2J\u009b\n";
    String text = "\"GET /größe?\\\"\\u001b[2J\\u009b\\n\"";

    assertThat(line(new AccessLine(LogFormat.TEXT, WORKER), NEW_YEAR, label, Outcome.OK))
        .isEqualTo(
            NEW_YEAR + " [::1]:40000 " + text + " 12 345 1.042 ok worker 3 gen 2 pid 4711\n");
    assertThat(line(new AccessLine(LogFormat.JSON, WORKER), NEW_YEAR, label, Outcome.OK))
        .contains("\"label\":" + text + ",");
  }

  @Test
  void eachLineHasItsOwnTime() {
    AccessLine lines = new AccessLine(LogFormat.TEXT, WORKER);
    for (String time :
        new String[] {
          "2026-12-31T23:59:59.999Z",
          "2026-12-31T23:59:59.000Z",
          NEW_YEAR,
          "2024-02-29T12:30:45.100Z"
        }) {
      assertThat(line(lines, time, Outcome.TIMEOUT)).startsWith(time + " ").contains(" timeout ");
    }
  }
}
