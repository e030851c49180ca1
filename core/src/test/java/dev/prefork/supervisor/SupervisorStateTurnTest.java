package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.accept;
import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.failedStart;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus.SlotLife;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Many that start together would all be late: of four here, three may. */
class SupervisorStateTurnTest {
  /** Four have died, three start again, the fourth waits. */
  private static StateFixture withOneWaiting() {
    StateFixture server = StateFixture.running(4);
    for (int slot = 0; slot < 3; slot++) {
      assertThat(deeds(server.exited(slot, killed()))).containsExactly(spawn(slot));
      server.spawned(slot);
    }
    assertThat(deeds(server.exited(3, killed()))).isEmpty();
    return server;
  }

  @Test
  void whileNobodyServesAllStartTogether() {
    StateFixture server = new StateFixture(4);
    assertThat(deeds(server.on(new Event.Started())))
        .containsExactly(spawn(0), spawn(1), spawn(2), spawn(3));
  }

  @Test
  void aWorkerThatIsReadyLetsTheNextOneStart() {
    StateFixture server = withOneWaiting();
    assertThat(deeds(server.ready(1))).containsExactly(accept(1), spawn(3));
  }

  @Test
  void aStartThatWaitsForSomethingElseLetsTheNextOneStartAfterASecond() {
    StateFixture server = withOneWaiting();
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofSeconds(1));
    server.advance(Duration.ofMillis(999));
    assertThat(deeds(server.on(new Event.DeadlinePassed()))).isEmpty();
    assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(3));
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofSeconds(29));
  }

  @Test
  void aStartThatComputesIsNotJoinedByAnother() {
    StateFixture server = withOneWaiting();
    for (int slot = 0; slot < 3; slot++) {
      server.computing.add(pid(slot));
    }
    for (int second = 0; second < 5; second++) {
      assertThat(server.untilDeadline()).isEqualTo(Duration.ofSeconds(1));
      assertThat(deeds(server.awaitDeadline())).isEmpty();
    }
    server.computing.remove(pid(1));
    assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(3));
  }

  @Test
  void aStartThatFailsLetsTheNextOneStart() {
    StateFixture server = withOneWaiting();
    assertThat(deeds(server.exited(0, failedStart()))).containsExactly(spawn(3));
    assertThat(server.life(0)).isEqualTo(SlotLife.BACKOFF);
  }

  @Test
  void whoseBackOffIsOverWaitsForItsTurn() {
    StateFixture server = withOneWaiting();
    server.exited(0, failedStart());
    server.spawned(3);
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    assertThat(deeds(server.awaitDeadline())).isEmpty();
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(900));
    assertThat(deeds(server.awaitDeadline())).containsExactly(spawn(0));
  }

  @Test
  void aServerThatStopsLetsNobodyStart() {
    StateFixture server = withOneWaiting();
    server.stop(StopMode.GRACEFUL, "TERM");
    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(deeds(server.exited(0, killed()))).isEmpty();
  }
}
