package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.config.PoolConfig;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks the state machine at random over a {@link SimulatedKernel}, which checks every action. What
 * fails names its seed: the same seed walks the same way.
 */
class SupervisorRandomWalkTest {
  private static final int SEEDS = 150;
  private static final int MAX_WORKERS = 6;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);

  /** No drain, INT and KILL take longer than this together. */
  private static final Duration STOPPED_BY_THEN = STOP_TIMEOUT.plusSeconds(2);

  /** Half of the walks are those of commands: they are asked by signals, and may say nothing. */
  private static final Duration READY_AFTER = Duration.ofMillis(300);

  private static final class Walk {
    final Random random;
    final SupervisorState state;
    final SimulatedKernel kernel;
    final int spares;

    Walk(long seed, WorkerHabits habits, int budget) {
      random = new Random(seed);
      spares = random.nextInt(3);
      boolean command = random.nextBoolean();
      Policy policy =
          new Policy(
              PoolConfig.fixed(1 + random.nextInt(4), MAX_WORKERS, spares),
              START_TIMEOUT.toNanos(),
              STOP_TIMEOUT.toNanos(),
              budget,
              command,
              command ? READY_AFTER.toNanos() : Slot.NO_DEADLINE,
              1 + random.nextInt(3));
      boolean computes = random.nextBoolean();
      state = new SupervisorState(policy, new StartBackoff(random::nextDouble), pid -> computes);
      kernel = new SimulatedKernel(state, habits, random, policy.pool());
      kernel.arrive(new Event.Started());
      kernel.run(Duration.ZERO);
    }

    /** Some seconds of it, with requests from outside. */
    void roam(int seconds) {
      for (int second = 0; second < seconds && kernel.exit() == null; second++) {
        switch (random.nextInt(10)) {
          case 0 -> kernel.arrive(new Event.ResizeRequested(random.nextInt(-2, 3), "test"));
          case 1 -> kernel.arrive(new Event.ResizeTo(random.nextInt(MAX_WORKERS + 2), "test"));
          case 2 -> kernel.termSomebody();
          case 3 -> kernel.arrive(new Event.RetireRequested(random.nextInt(MAX_WORKERS), "test"));
          case 4 -> kernel.oversleep(Duration.ofSeconds(random.nextInt(1, 100)));
          case 5 -> kernel.quitSomebody();
          default -> {}
        }
        kernel.run(Duration.ofMillis(random.nextInt(2_000)));
      }
    }

    void stop() {
      StopMode first = random.nextBoolean() ? StopMode.GRACEFUL : StopMode.IMMEDIATE;
      kernel.arrive(new Event.StopRequested(first, "test"));
      if (random.nextBoolean()) {
        kernel.run(Duration.ofMillis(random.nextInt(3_000)));
        kernel.arrive(new Event.StopRequested(StopMode.GRACEFUL, "again"));
      }
      kernel.run(STOPPED_BY_THEN);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.05, 0.3, 0.6})
  void everyStopEndsInItsBoundAndNothingForbiddenHappensBefore(double evil) {
    long events = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Walk walk = new Walk(seed, WorkerHabits.bad(evil), Integer.MAX_VALUE);
      walk.roam(60);
      assertThat(walk.kernel.exit()).as("seed %s: nobody has asked for the end", seed).isNull();
      walk.stop();

      assertThat(walk.kernel.exit())
          .as("seed %s: %s", seed, walk.kernel)
          .isNotNull()
          .extracting(Action.Exit::status)
          .isEqualTo(ExitStatus.OK);
      assertThat(walk.state.status().phase()).isEqualTo(Phase.STOPPED);
      walk.kernel.afterTheEnd(new Event.ResizeTo(3, "test"));
      walk.kernel.afterTheEnd(new Event.DeadlinePassed());
      walk.kernel.afterTheEnd(new Event.StopRequested(StopMode.IMMEDIATE, "test"));
      events += walk.kernel.events;
    }
    assertThat(events).as("the walks were real ones").isGreaterThan(SEEDS * 60L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.6})
  void whenTheFaultsCeaseAllWantedWorkersAreReadyAgain(double evil) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Walk walk = new Walk(seed, WorkerHabits.bad(evil), Integer.MAX_VALUE);
      walk.roam(40);
      walk.kernel.behave(WorkerHabits.GOOD);
      walk.kernel.run(Duration.ofSeconds(60));

      ServerStatus status = walk.state.status();
      assertThat(status.workers())
          .as("seed %s: %s", seed, walk.kernel)
          .hasSize(status.wanted() == 0 ? 0 : status.wanted() + walk.spares)
          .allMatch(worker -> worker.life() == SlotLife.READY || worker.life() == SlotLife.SPARE);
      assertThat(status.ready()).as("seed %s", seed).isEqualTo(status.wanted());
      assertThat(walk.state.nextDeadlineNs()).as("seed %s", seed).isEqualTo(Slot.NO_DEADLINE);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.4})
  void aServerThatGivesUpEndsWithItsCause(double evil) {
    int gaveUp = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Walk walk = new Walk(seed, WorkerHabits.refusing(evil), 5);
      walk.roam(60);
      Action.Exit exit = walk.kernel.exit();
      if (exit == null) {
        walk.stop();
        assertThat(walk.kernel.exit()).as("seed %s: %s", seed, walk.kernel).isNotNull();
        continue;
      }
      gaveUp++;
      assertThat(exit.status()).isNotEqualTo(ExitStatus.OK);
      assertThat(exit.cause()).isNotEmpty();
    }
    assertThat(gaveUp).as("some walks ended by themselves").isPositive();
  }
}
