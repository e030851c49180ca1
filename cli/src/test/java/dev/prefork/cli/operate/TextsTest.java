package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonParser;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  @ParameterizedTest
  @CsvSource({
    "-5, 0ms",
    "0, 0ms",
    "999, 999ms",
    "1000, 1.0s",
    "59900, 59.9s",
    "60000, 1m0s",
    "3599000, 59m59s",
    "3600000, 1h0m",
    "86399000, 23h59m",
    "90000000, 1d1h"
  })
  void timesHaveTheDigitsThatMatter(long millis, String text) {
    assertThat(Texts.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "42991616, 41.0 MiB",
    "524288000, 500 MiB"
  })
  void sizesHaveTheirUnits(long bytes, String text) {
    assertThat(Texts.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 requests", "1, 1 request", "999, 999 requests", "12345, 12.3k requests"})
  void oneIsNotMany(long count, String text) {
    assertThat(Texts.many(count, "request")).isEqualTo(text);
  }

  @Test
  void whatWouldWorkATerminalIsReplaced() {
    assertThat(Texts.printable("GET /\u001b[2J\u0007\r\n\u009b\u202e\u2028x größe 雪 😀"))
        .isEqualTo("GET /\ufffd[2J\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdx größe 雪 😀");
  }

  @Test
  void aDeathTellsWhatWasServed() throws JsonException {
    Json death =
        JsonParser.parse(
            """
            {"time":"2026-01-02T03:04:05.006Z","slot":3,"generation":2,"pid":4711,
             "cause":"out_of_memory_killer","text":"killed by SIGKILL","exit_code":-1,"signal":9,
             "expected":false,"age_s":125.500,"was_ready":true,"requests":1,
             "serving":["GET /big 10.0.0.1:4000 2s"],"resident_bytes":1,
             "crash_file":"/run/hs_err_1.log","problematic_frame":"","thread_dump":""}
            """);
    assertThat(Texts.death((Json.Fields) death))
        .isEqualTo(
            """
            2026-01-02T03:04:05.006Z worker 3 gen 2 pid 4711: killed by SIGKILL \
            (out_of_memory_killer, after 2m5s and 1 request)
              serving GET /big 10.0.0.1:4000 2s
              crash file: /run/hs_err_1.log\
            """);
  }

  private static @Nullable String event(String fields) throws JsonException {
    return Texts.event(
        (Json.Fields) JsonParser.parse("{\"time\":\"T\",\"level\":\"INFO\"," + fields + "}"));
  }

  @Test
  void anEventTellsWhoAndWhat() throws JsonException {
    assertThat(event("\"text\":\"2 workers ready\"")).isEqualTo("T INFO 2 workers ready");
    assertThat(event("\"text\":\"\\u001b[2J\",\"slot\":3,\"generation\":2,\"pid\":4711"))
        .isEqualTo("T INFO worker 3 gen 2 pid 4711: \ufffd[2J");
  }

  @Test
  void theCertificateOfAnExpectedDeathIsLeftOut() throws JsonException {
    assertThat(event("\"text\":\"x\",\"death\":{\"expected\":true}")).isNull();
  }
}
