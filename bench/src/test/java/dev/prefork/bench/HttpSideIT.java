package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpSideIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"jetty", "netty", "jdk", "robaho"})
  void aProgramAloneAnswersEveryWorkload(String program) {
    try (Belongings belongings = new Belongings()) {
      RunningServer server = new LoneProgram(program, directory).start(belongings);
      assertThat(server.readyMs()).isPositive();
      for (Workload workload : Workload.all()) {
        Tally tally = HttpLoad.measure(server.port(), workload, 4, SHORT);
        assertThat(tally.failures()).as(workload + ": " + tally).isZero();
        assertThat(tally.count(Outcome.OK)).as(workload.toString()).isPositive();
      }
    }
  }

  @Test
  void aRequestTakesTheProcessorTimeThatItSays() {
    try (Belongings belongings = new Belongings()) {
      RunningServer server = new LoneProgram("jdk", directory).start(belongings);
      long pid = server.process().handle().pid();
      double before = ProcessFiles.processorSeconds(pid);
      Tally tally = HttpLoad.measure(server.port(), Workload.all().get(4), 1, SHORT);
      double used = ProcessFiles.processorSeconds(pid) - before;
      double tick = 0.01;
      assertThat(used).isGreaterThanOrEqualTo(0.005 * tally.count(Outcome.OK) - tick);
      assertThat(tally.latencies().percentileNs(0)).isGreaterThanOrEqualTo(4_900_000);
    }
  }
}
