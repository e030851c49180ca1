package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnreportedRequestsTest {
  private static final Limits LIMITED =
      new Limits(
          Optional.of(Duration.ofSeconds(1)),
          Optional.empty(),
          Optional.of(1_000),
          Optional.of(Duration.ofDays(1)),
          Optional.empty());

  private final RecordedConsequences consequences = new RecordedConsequences();
  private final Scoreboard scoreboard = Scoreboards.create(2, 1);

  private UnreportedRequests watch(Limits limits) {
    return new UnreportedRequests(scoreboard, limits, consequences);
  }

  private static void look(UnreportedRequests watch) {
    WorkerStatus worker = new WorkerStatus(0, 1, 10, SlotLife.READY);
    watch.look(new ServerStatus(Phase.RUNNING, 1, List.of(worker), 1, 0));
  }

  private void accepted(long connections) {
    scoreboard.program(0).beat(1);
    scoreboard.program(0).connections(0, connections, 0);
  }

  @Test
  void whoServesAndReportsNothingIsToldOnceWhichLimitsAreIdle() {
    UnreportedRequests watch = watch(LIMITED);
    accepted(49);
    look(watch);
    assertThat(consequences.all).isEmpty();
    accepted(50);
    look(watch);
    look(watch);
    assertThat(consequences.all)
        .singleElement()
        .asString()
        .startsWith(
            "unreported: the program tells Prefork of no requests, so nothing comes of slow-after"
                + " for requests that wait, as only threads that loop are found; of max-requests:"
                + " let it report them");
  }

  @Test
  void whoReportsIsLeftAlone() {
    UnreportedRequests watch = watch(LIMITED);
    scoreboard.lane(0, 0).beginRequest(new InetSocketAddress(1), "GET /", 1, 2);
    accepted(100);
    look(watch);
    scoreboard.lane(0, 0).end(2, 0, 0);
    look(watch);
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void withoutLimitsOnRequestsThereIsNothingToTell() {
    accepted(100);
    look(watch(Limits.NONE));
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void aHandlerIsNoProgram() {
    scoreboard.program(0).connections(0, 100, 0);
    look(watch(LIMITED));
    assertThat(consequences.all).isEmpty();
  }
}
