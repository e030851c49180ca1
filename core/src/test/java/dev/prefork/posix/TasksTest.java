package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(List.of(command)).start();
  }

  private static Pid pid(Process process) {
    return new Pid((int) process.pid());
  }

  @Test
  void whoLoopsComputesAndWhoSleepsDoesNot() throws Exception {
    Process loop = start("sh", "-c", "while :; do :; done");
    Process sleep = start("sleep", "60");
    try {
      Await.until("the sleep", () -> !Tasks.compute(pid(sleep)));
      for (int look = 0; look < 100; look++) {
        assertThat(Tasks.compute(pid(loop))).isTrue();
        assertThat(Tasks.compute(pid(sleep))).isFalse();
      }
    } finally {
      loop.destroyForcibly().waitFor();
      sleep.destroyForcibly().waitFor();
    }
    assertThat(Tasks.compute(pid(loop))).as("one that is gone").isFalse();
  }
}
