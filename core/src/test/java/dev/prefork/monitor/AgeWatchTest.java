package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Old and large workers are found; a peak of memory is none. */
class AgeWatchTest {
  private static final long MIB = 1L << 20;

  private final RecordedConsequences consequences = new RecordedConsequences();
  private final Scoreboard scoreboard = Scoreboards.create(1, 1);

  AgeWatchTest() {
    scoreboard.spawned(0, 1, 10, 0);
  }

  private AgeWatch watch(double chance) {
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(100)),
            Optional.of(50 * MIB));
    return new AgeWatch(scoreboard, limits, consequences, () -> chance);
  }

  private static ServerStatus status(SlotLife life) {
    return new ServerStatus(Phase.RUNNING, 1, List.of(new WorkerStatus(0, 1, 10, life)), 1, 0);
  }

  private static void look(AgeWatch watch, long seconds) {
    watch.look(status(SlotLife.READY), Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void aWorkerIsOldAtItsLimitAndUpToATenthLater() {
    AgeWatch early = watch(0);
    look(early, 99);
    assertThat(consequences.all).isEmpty();
    look(early, 100);
    assertThat(consequences.all).containsExactly("recycle 10: it is 100s old");

    consequences.all.clear();
    AgeWatch late = watch(0.99);
    look(late, 109);
    assertThat(consequences.all).isEmpty();
    look(late, 110);
    assertThat(consequences.all).hasSize(1);
  }

  @Test
  void whoDrainsAlreadyIsNotReplacedAgain() {
    watch(0).look(status(SlotLife.DRAINING), Duration.ofSeconds(200).toNanos());
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void threeReadingsInARowAreTooLarge() {
    AgeWatch watch = watch(0);
    for (int reading = 1; reading <= 3; reading++) {
      scoreboard.memory(0, 90 * MIB, 60 * MIB, reading);
      look(watch, reading);
      look(watch, reading); // the same reading is counted once
      assertThat(consequences.all).hasSize(reading / 3);
    }
    assertThat(consequences.all)
        .containsExactly("recycle 10: it keeps 60 MiB, 3 readings in a row");
  }

  @Test
  void whatItSharesIsNotHeldAgainstIt() {
    AgeWatch watch = watch(0);
    for (int reading = 1; reading <= 5; reading++) {
      scoreboard.memory(0, 90 * MIB, 40 * MIB, reading);
      look(watch, reading);
    }
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void aPeakIsForgiven() {
    AgeWatch watch = watch(0);
    long[] megabytes = {60, 60, 40, 60, 60, 30};
    for (int reading = 0; reading < megabytes.length; reading++) {
      scoreboard.memory(0, megabytes[reading] * MIB, 0, reading + 1);
      look(watch, reading);
    }
    assertThat(consequences.all).isEmpty();
  }
}
