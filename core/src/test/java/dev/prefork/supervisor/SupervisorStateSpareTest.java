package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.accept;
import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.drain;
import static dev.prefork.supervisor.StateFixture.exit;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.config.PoolConfig;
import dev.prefork.posix.Signum;
import org.junit.jupiter.api.Test;

/** Spares take over at once; whoever is to be replaced serves until another one is ready. */
class SupervisorStateSpareTest {
  private static StateFixture running(int workers, int spares) {
    return StateFixture.running(PoolConfig.fixed(workers, StateFixture.MAX_WORKERS, spares));
  }

  private static Event retire(int slot) {
    return new Event.RetireRequested(slot, "test");
  }

  @Test
  void aSpareIsReadyAndDoesNotAccept() {
    StateFixture server = running(2, 1);

    assertThat(server.life(2)).isEqualTo(SlotLife.SPARE);
    assertThat(server.state.status().ready()).isEqualTo(2);
    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void aSpareTakesOverBeforeAnythingIsSpawned() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.exited(0, killed()))).containsExactly(accept(2), spawn(0));
    server.spawned(0);
    assertThat(deeds(server.ready(0))).isEmpty();
    assertThat(server.life(0)).isEqualTo(SlotLife.SPARE);
  }

  @Test
  void aSpareTakesOverFromAWorkerThatIsEnding() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.on(new Event.WorkerEnding(pid(0))))).containsExactly(accept(2));
    assertThat(server.life(0)).isEqualTo(SlotLife.DRAINING);
    assertThat(server.untilDeadline()).isEqualTo(StateFixture.STOP_TIMEOUT);
    assertThat(deeds(server.exited(0, exit(1)))).containsExactly(spawn(0));
    assertThat(server.state.status().deaths()).isEqualTo(1);
  }

  @Test
  void aWorkerThatIsEndingIsNotAskedToAtAStop() {
    StateFixture server = running(2, 0);
    server.on(new Event.WorkerEnding(pid(0)));

    assertThat(deeds(server.stop(StopMode.GRACEFUL, "TERM")))
        .containsExactly(new Action.CloseListeners(), drain(1));
    assertThat(deeds(server.exited(0, exit(1)))).isEmpty();
  }

  @Test
  void aSpareThatDiesIsReplacedByASpare() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.exited(2, killed()))).containsExactly(spawn(2));
    server.spawned(2);
    assertThat(deeds(server.ready(2))).isEmpty();
  }

  @Test
  void moreWorkersBeginWithTheSpare() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.on(new Event.ResizeTo(3, "test"))))
        .containsExactly(accept(2), spawn(3));
  }

  @Test
  void fewerWorkersKeepTheSpare() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.on(new Event.ResizeTo(1, "test")))).containsExactly(drain(1));
    assertThat(server.life(2)).isEqualTo(SlotLife.SPARE);
  }

  @Test
  void noWorkersNeedNoSpare() {
    StateFixture server = running(1, 1);

    assertThat(deeds(server.on(new Event.ResizeTo(0, "WINCH"))))
        .containsExactly(drain(0), drain(1));
  }

  @Test
  void aRetiredWorkerGoesWhenTheSpareHasTakenOver() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.on(retire(1)))).containsExactly(accept(2), drain(1), spawn(3));
    assertThat(server.state.status().ready()).isEqualTo(2);
    assertThat(deeds(server.exited(1, exit(0)))).isEmpty();
    assertThat(server.state.status().deaths()).isZero();
  }

  @Test
  void neverTwoAreReplacedAtATime() {
    StateFixture server = running(3, 1);
    server.on(retire(0));

    assertThat(deeds(server.on(retire(1)))).isEmpty();
    server.spawned(4);
    assertThat(deeds(server.ready(4))).containsExactly(accept(4), drain(1), spawn(5));
  }

  @Test
  void withoutSparesTheReplacementIsSpawnedFirst() {
    StateFixture server = running(2, 0);

    assertThat(deeds(server.on(retire(0)))).containsExactly(spawn(2));
    server.spawned(2);
    assertThat(deeds(server.ready(2))).containsExactly(accept(2), drain(0));
    assertThat(deeds(server.exited(0, exit(0)))).isEmpty();
  }

  @Test
  void aReplacementThatFailsLeavesTheWorkerServing() {
    StateFixture server = running(1, 0);
    server.on(retire(0));
    server.spawned(1);

    server.exited(1, StateFixture.failedStart());
    assertThat(server.life(0)).isEqualTo(SlotLife.READY);
    assertThat(server.awaitDeadline()).contains(spawn(1));
  }

  @Test
  void aSpareThatIsRetiredIsReplacedAtOnce() {
    StateFixture server = running(1, 1);

    assertThat(deeds(server.on(retire(1)))).containsExactly(drain(1), spawn(2));
  }

  @Test
  void anEmptySlotIsNotRetired() {
    StateFixture server = running(1, 0);

    assertThat(deeds(server.on(retire(7)))).isEmpty();
    assertThat(deeds(server.on(retire(-1)))).isEmpty();
  }

  @Test
  void anOverdueRequestEndsItsWorkerAndTheSpareTakesOver() {
    StateFixture server = running(2, 1);

    assertThat(deeds(server.on(new Event.RequestOverdue(pid(1), "GET / for 30s"))))
        .containsExactly(send(1, Signum.KILL), accept(2));
    assertThat(deeds(server.on(new Event.RequestOverdue(pid(1), "GET / for 31s")))).isEmpty();
    assertThat(deeds(server.exited(1, killed()))).containsExactly(spawn(1));
  }

  @Test
  void theLoadMovesTheWantedWorkersWithinTheirBounds() {
    StateFixture server = StateFixture.running(new PoolConfig(1, 1, 4, 1, 2, 0));

    assertThat(deeds(server.on(new Event.Load(0, 3)))).containsExactly(spawn(1));
    server.spawned(1);
    server.ready(1);
    assertThat(deeds(server.on(new Event.Load(0, 9)))).containsExactly(spawn(2), spawn(3));
    server.on(new Event.Load(0, 9));
    assertThat(server.state.status().wanted()).isEqualTo(4);
  }

  @Test
  void aPoolOfAFixedSizeFollowsNoLoad() {
    StateFixture server = running(2, 0);

    assertThat(server.on(new Event.Load(0, 9))).isEmpty();
  }

  @Test
  void whoAskedForNoneIsNotOverruledByTheLoad() {
    StateFixture server = StateFixture.running(new PoolConfig(1, 1, 4, 1, 2, 0));
    server.on(new Event.ResizeTo(0, "WINCH"));

    assertThat(server.on(new Event.Load(0, 9))).isEmpty();
  }
}
