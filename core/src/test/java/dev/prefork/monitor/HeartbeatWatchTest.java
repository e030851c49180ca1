package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeartbeatWatchTest {
  private final RecordedConsequences consequences = new RecordedConsequences();
  private final Scoreboard scoreboard = Scoreboards.create(2, 1);
  private final HeartbeatWatch watch =
      new HeartbeatWatch(scoreboard, Optional.of(Duration.ofSeconds(3)), consequences);
  private int pid = 10;

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      WorkerStatus worker = new WorkerStatus(0, 1, pid, SlotLife.READY);
      watch.look(new ServerStatus(Phase.RUNNING, 1, List.of(worker), 1, 0));
    }
  }

  @Test
  void aJvmThatBeatsIsLeftAlone() {
    for (int i = 1; i < 10; i++) {
      scoreboard.program(0).beat(i);
      look(2); // a beat may come late
    }
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void aJvmThatIsSilentForAsManyLooksAsItMaySecondsIsFound() {
    scoreboard.program(0).beat(1);
    look(3);
    assertThat(consequences.all).isEmpty();
    look(1);
    assertThat(consequences.all).containsExactly("silent 10: its JVM has not run for 3s or longer");
  }

  @Test
  void theNextWorkerOfTheSlotBeginsAnew() {
    scoreboard.program(0).beat(1);
    look(3);
    pid = 11;
    look(3);
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void aHandlerNeverBeatsAndIsLeftAlone() {
    look(9);
    assertThat(consequences.all).isEmpty();
  }
}
