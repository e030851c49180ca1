package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.launch.WorkerReport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerReportTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aReportSurvivesTheWay(Kind kind) {
    WorkerReport report = new WorkerReport(kind, "the database  is down");

    assertThat(WorkerReport.decode(report.encode())).isEqualTo(report);
    assertThat(WorkerReport.decode(new WorkerReport(kind, "").encode()))
        .isEqualTo(new WorkerReport(kind, ""));
  }

  @Test
  void aReasonStaysOnOneLine() {
    assertThat(new WorkerReport(Kind.FAILED, "one\r\ntwo\nthree").encode())
        .isEqualTo("FAILED one  two three");
  }

  @Test
  void aLongReasonIsCut() {
    assertThat(new WorkerReport(Kind.FAILED, "x".repeat(100_000)).encode())
        .isEqualTo("FAILED " + "x".repeat(2_000));
  }

  @Test
  void theKindAloneIsAReport() {
    assertThat(WorkerReport.decode("READY")).isEqualTo(new WorkerReport(Kind.READY, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ready", "READYREADY", " READY", "STOP now", "\u0000"})
  void whatIsNoReportIsNone(String line) {
    assertThat(WorkerReport.decode(line)).isNull();
  }
}
