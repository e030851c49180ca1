package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.drain;
import static dev.prefork.supervisor.StateFixture.exit;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.refused;
import static dev.prefork.supervisor.StateFixture.say;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent.Level;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.Signum;
import org.junit.jupiter.api.Test;

/** TTIN, TTOU, WINCH and their like. */
class SupervisorStateResizeTest {
  private static Event more() {
    return new Event.ResizeRequested(1, "TTIN");
  }

  private static Event fewer() {
    return new Event.ResizeRequested(-1, "TTOU");
  }

  @Test
  void oneMoreIsSpawnedInTheNextSlot() {
    StateFixture server = StateFixture.running(2);

    assertThat(server.on(more()))
        .containsExactly(say(Level.INFO, "TTIN: 3 workers wanted"), spawn(2));
  }

  @Test
  void oneLessDrainsTheHighestSlot() {
    StateFixture server = StateFixture.running(2);

    assertThat(server.on(fewer()))
        .containsExactly(say(Level.INFO, "TTOU: 1 workers wanted"), drain(1));
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty();
    assertThat(server.life(1)).isEqualTo(SlotLife.EMPTY);
    assertThat(server.state.status().deaths()).isZero();
  }

  @Test
  void theNumberStaysWithinZeroAndTheMost() {
    StateFixture server = StateFixture.running(3);
    server.on(more());
    assertThat(server.on(more())).containsExactly(say(Level.INFO, "TTIN: 4 workers wanted"));

    server.on(new Event.ResizeRequested(-100, "test"));
    assertThat(server.state.status().wanted()).isZero();
    server.on(fewer());
    assertThat(server.state.status().wanted()).isZero();
  }

  @Test
  void aHugeChangeIsStillAChangeInItsDirection() {
    StateFixture server = StateFixture.running(2);

    server.on(new Event.ResizeRequested(Integer.MAX_VALUE, "test"));
    assertThat(server.state.status().wanted()).isEqualTo(StateFixture.MAX_WORKERS);
    server.on(new Event.ResizeRequested(Integer.MIN_VALUE, "test"));
    assertThat(server.state.status().wanted()).isZero();
  }

  @Test
  void noWorkersKeepTheServerAndItsListeners() {
    StateFixture server = StateFixture.running(2);

    assertThat(deeds(server.on(new Event.ResizeTo(0, "WINCH"))))
        .containsExactly(drain(1), drain(0));
    server.exited(0, exit(0));
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty();
    assertThat(server.state.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(deeds(server.on(more()))).containsExactly(spawn(0));
  }

  @Test
  void whoIsWantedAgainDoesNotWaitForAWorkerThatStillDrains() {
    StateFixture server = StateFixture.running(2);
    server.on(fewer());

    assertThat(deeds(server.on(more()))).containsExactly(spawn(2));
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty();
  }

  @Test
  void aFlappingPoolWaitsForItsSlots() {
    StateFixture server = StateFixture.running(2);
    int most = 2 * StateFixture.MAX_WORKERS;
    for (int slot = 2; slot < most; slot++) {
      server.on(fewer());
      assertThat(deeds(server.on(more()))).containsExactly(spawn(slot));
      server.spawned(slot);
      server.ready(slot);
    }

    server.on(fewer());
    assertThat(deeds(server.on(more()))).isEmpty();
    assertThat(deeds(server.exited(1, exit(0)))).containsExactly(spawn(1));
  }

  @Test
  void aSurplusWorkerThatDoesNotGoIsKilledAtTheBound() {
    StateFixture server = StateFixture.running(2);
    server.on(fewer());

    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(server.awaitDeadline()).containsExactly(send(1, Signum.KILL));
    assertThat(deeds(server.exited(1, killed()))).isEmpty();
  }

  @Test
  void aBurstOfRequestsEndsAtTheExactNumber() {
    StateFixture server = StateFixture.running(2);
    server.on(more());
    server.on(more());
    server.on(fewer());
    server.on(fewer());
    server.on(fewer());
    server.on(more());

    assertThat(server.state.status().wanted()).isEqualTo(2);
    assertThat(server.state.status().ready()).isEqualTo(1); // slot 1 drains
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty(); // its successor is already starting
  }

  @Test
  void aResizeTriesRefusedSlotsOnceMore() {
    StateFixture server = StateFixture.starting(2);
    server.ready(1);
    server.exited(0, refused());

    assertThat(deeds(server.on(more()))).containsExactly(spawn(0), spawn(2));
  }

  @Test
  void aServerWhoseOnlySlotLeftRefusesAgainEnds() {
    StateFixture server = StateFixture.starting(2);
    server.ready(1);
    server.exited(0, refused());
    assertThat(deeds(server.exited(1, killed()))).containsExactly(spawn(1));
    server.spawned(1);

    assertThat(deeds(server.exited(1, refused())))
        .containsExactly(
            new Action.CloseListeners(),
            new Action.Exit(ExitStatus.CONFIGURATION, "no such handler (exited with 78)"));
  }
}
