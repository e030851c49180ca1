package dev.prefork.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Scheduling;
import dev.prefork.posix.SpawnRequest;
import dev.prefork.posix.WaitStatus;
import dev.prefork.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProcessesTest {
  private final Posix posix = Posix.system();
  private final List<Pid> spawned = new ArrayList<>();

  private Pid shell(String script, Fd output) {
    Pid pid =
        posix.spawn(
            new SpawnRequest(
                "/bin/sh",
                List.of("sh", "-c", script),
                List.of("PATH=/usr/bin:/bin"),
                List.of(output, output, output),
                Scheduling.INHERITED,
                true));
    spawned.add(pid);
    return pid;
  }

  @Test
  void whoIsLateIsKilledAndReapedAndTheNextHasTimeOfItsOwn() throws TrainingTimeout {
    try (TrainingProcesses processes = new TrainingProcesses(posix, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> processes.run(output -> shell("echo begun; exec sleep 600", output)))
          .isInstanceOf(TrainingTimeout.class);
      assertThat(Path.of("/proc", spawned.getFirst().toString())).doesNotExist();

      processes.within(Await.BOUND);
      assertThat(processes.run(output -> shell("echo done; exit 3", output)))
          .isEqualTo(new WaitStatus.Exited(3));
      assertThat(processes.lastWords()).isEqualTo("done");
    }
  }

  @Test
  void whoIsStartedOnceItIsClosedIsKilled() throws TrainingTimeout {
    TrainingProcesses processes = new TrainingProcesses(posix, Await.BOUND);
    processes.close();
    assertThat(processes.run(output -> shell("exec sleep 600", output)))
        .isInstanceOf(WaitStatus.Signaled.class);
  }
}
