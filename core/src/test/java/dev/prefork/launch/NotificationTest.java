package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.launch.WorkerReport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
  @Test
  void aMessageIsReadLineByLine() {
    assertThat(Notification.parse("STATUS=Loading ü = 3\nREADY=1\nMAINPID=7\nSTOPPING=1\n"))
        .containsExactly(
            new WorkerReport(Kind.STATUS, "Loading ü = 3"),
            new WorkerReport(Kind.READY, ""),
            new WorkerReport(Kind.LEAVING, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "WATCHDOG=1", "READY=0", "READY=10", "xREADY=1", "READY", "READY 1"})
  void whatSaysNothingToUsIsPassedOver(String message) {
    assertThat(Notification.parse(message)).isEmpty();
  }
}
