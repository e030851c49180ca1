package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Processes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingTest {
  private final Posix posix = Posix.system();

  /** The policies are those of sched(7). */
  @ParameterizedTest
  @CsvSource({"INHERITED,0,0", "BATCH,3,0", "NICE,3,10", "IDLE,5,0"})
  void aProcessRunsAsItIsTold(Scheduling scheduling, int policy, int nice) {
    try (Fd devNull = posix.open(Path.of("/dev/null"))) {
      Pid sleep =
          posix.spawn(
              new SpawnRequest(
                  "/bin/sleep",
                  List.of("sleep", "60"),
                  List.of(),
                  List.of(devNull, devNull, devNull),
                  scheduling,
                  scheduling.yields()));
      try {
        assertThat(Processes.schedulingPolicies(sleep.value())).containsExactly(policy);
        assertThat(Processes.niceValues(sleep.value())).containsExactly(nice);
      } finally {
        var _ = posix.kill(sleep, Signum.KILL);
        Await.until("its end", () -> posix.reap(sleep).isPresent());
      }
    }
    assertThat(Processes.niceValues(ProcessHandle.current().pid())).containsOnly(0);
  }
}
