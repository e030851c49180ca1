package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import dev.prefork.scoreboard.SlotReading;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scoreboard follows the state machine. */
class ScoreKeeperTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final Scoreboard scoreboard = Scoreboards.create(4, 1);
  private final ScoreKeeper keeper = new ScoreKeeper(scoreboard);

  private void status(long nowNs, WorkerStatus... workers) {
    keeper.write(new ServerStatus(Phase.RUNNING, 2, List.of(workers), 0, 0), nowNs);
  }

  private static WorkerStatus worker(int slot, long pid, SlotLife life) {
    return new WorkerStatus(slot, 1, pid, life);
  }

  @Test
  void aWorkersLifeIsWrittenAsItGoes() {
    status(5, worker(1, 11, SlotLife.STARTING));
    status(9, worker(1, 11, SlotLife.READY));
    status(12, worker(1, 11, SlotLife.READY));

    SlotReading read = scoreboard.read(1);
    assertThat(read.pid()).isEqualTo(11);
    assertThat(read.life()).isEqualTo(SlotLife.READY);
    assertThat(read.spawnedNs()).isEqualTo(5);
    assertThat(read.readyNs()).isEqualTo(9);
    assertThat(scoreboard.slotsInUse()).isEqualTo(2);
    assertThat(scoreboard.server().wanted()).isEqualTo(2);
  }

  @Test
  void aSuccessorBeginsAtZeroAndTheSumStays() {
    status(5, worker(0, 11, SlotLife.READY));
    scoreboard.lane(0, 0).begin(PEER, 1, 2);
    status(6);
    status(7, worker(0, 12, SlotLife.STARTING));

    assertThat(scoreboard.read(0).pid()).isEqualTo(12);
    assertThat(scoreboard.read(0).readyNs()).isZero();
    assertThat(scoreboard.read(0).counters().connections()).isZero();
    assertThat(scoreboard.counters().connections()).isEqualTo(1);
  }

  @Test
  void whoServesIsKnownUntilItsEndIsEntered() {
    status(5, worker(0, 11, SlotLife.READY));
    assertThat(keeper.isServing(0)).isFalse();
    scoreboard.lane(0, 0).begin(PEER, 1, 2);
    assertThat(keeper.isServing(0)).isTrue();
    status(6);
    assertThat(keeper.isServing(0)).isFalse();
  }
}
