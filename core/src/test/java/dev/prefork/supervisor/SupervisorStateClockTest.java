package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.deeds;
import static dev.prefork.supervisor.StateFixture.failedStart;
import static dev.prefork.supervisor.StateFixture.killed;
import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.say;
import static dev.prefork.supervisor.StateFixture.send;
import static dev.prefork.supervisor.StateFixture.spawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent.Level;
import dev.prefork.posix.Signum;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deadlines, and a clock that jumps. */
class SupervisorStateClockTest {
  private static Event overslept(Duration time) {
    return new Event.Overslept(time.toNanos());
  }

  @Test
  void aSleepOfTheSupervisorMovesTheDeadlinesAndKillsNobody() {
    StateFixture server = StateFixture.starting(2);
    server.advance(Duration.ofHours(2));

    assertThat(server.on(overslept(Duration.ofHours(2))))
        .containsExactly(
            say(
                Level.WARNING,
                "the supervisor did not run for 2h (stopped, or the machine slept):"
                    + " every deadline is moved by as much"));
    assertThat(server.untilDeadline()).isEqualTo(StateFixture.START_TIMEOUT);
    assertThat(server.on(new Event.DeadlinePassed())).isEmpty();
  }

  @Test
  void aMovedDeadlineStillComes() {
    StateFixture server = StateFixture.starting(1);
    server.advance(Duration.ofHours(2));
    server.on(overslept(Duration.ofHours(2)));

    assertThat(server.awaitDeadline()).containsExactly(send(0, Signum.KILL));
  }

  @Test
  void drainsAndBackOffsAreMovedToo() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    server.spawned(0);
    server.exited(0, failedStart());
    server.on(new Event.WorkerLeaving(pid(1)));
    server.advance(Duration.ofMinutes(10));

    assertThat(deeds(server.on(overslept(Duration.ofMinutes(10))))).isEmpty();
    assertThat(server.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    assertThat(server.awaitDeadline()).containsExactly(spawn(0));
    assertThat(server.untilDeadline())
        .isEqualTo(StateFixture.STOP_TIMEOUT.minus(Duration.ofMillis(100)));
  }

  @Test
  void aSleepWithoutDeadlinesLeavesNoneBehind() {
    StateFixture server = StateFixture.running(1);
    server.advance(Duration.ofHours(2));
    server.on(overslept(Duration.ofHours(2)));

    assertThat(server.waitsForEventsAlone()).isTrue();
  }

  @Test
  void theNextDeadlineIsTheEarliestOfAllSlots() {
    StateFixture server = StateFixture.running(2);
    server.exited(0, killed());
    server.spawned(0);
    server.advance(Duration.ofSeconds(3));
    server.exited(1, killed());
    server.spawned(1);

    assertThat(server.untilDeadline())
        .isEqualTo(StateFixture.START_TIMEOUT.minus(Duration.ofSeconds(3)));
  }

  @Test
  void aWakeUpBeforeTheDeadlineDoesNothing() {
    StateFixture server = StateFixture.starting(1);
    server.advance(StateFixture.START_TIMEOUT.minusNanos(1));

    assertThat(server.on(new Event.DeadlinePassed())).isEmpty();
    server.advance(Duration.ofNanos(1));
    assertThat(server.on(new Event.DeadlinePassed())).containsExactly(send(0, Signum.KILL));
  }
}
