package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Late requests are told once, overdue ones end their worker, and a sleep is held against none. */
class RequestWatchTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_711);
  private static final long START_NS = seconds(1_000);

  private final RecordedConsequences consequences = new RecordedConsequences();
  private final Scoreboard scoreboard = Scoreboards.create(2, 2);
  private final Lane lane = scoreboard.lane(1, 1);
  private final RequestWatch watch = watch(10, Optional.of(Duration.ofSeconds(30)));
  private final ServerStatus status =
      new ServerStatus(
          Phase.RUNNING,
          2,
          List.of(
              new WorkerStatus(0, 1, 10, SlotLife.READY),
              new WorkerStatus(1, 1, 11, SlotLife.READY)),
          2,
          0);

  private RequestWatch watch(int slow, Optional<Duration> timeout) {
    Limits limits =
        new Limits(
            Optional.of(Duration.ofSeconds(slow)),
            timeout,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new RequestWatch(scoreboard, limits, consequences);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private void begin() {
    lane.begin(PEER, START_NS, START_NS + seconds(60));
    lane.label("GET /cart");
  }

  private long look(long afterSeconds) {
    return watch.look(status, START_NS + seconds(afterSeconds));
  }

  @Test
  void idleLanesAreLookedAtWhenWhatBeginsNextCouldBeLate() {
    assertThat(look(0)).isEqualTo(START_NS + seconds(10));
    assertThat(consequences.all).isEmpty();
  }

  @Test
  void aLateRequestIsToldOnceAndAnOverdueOneEndsItsWorker() {
    begin();

    assertThat(look(9)).isEqualTo(START_NS + seconds(10));
    assertThat(consequences.all).isEmpty();
    assertThat(look(10)).isEqualTo(START_NS + seconds(20));
    assertThat(look(20)).isEqualTo(START_NS + seconds(30));
    assertThat(look(30)).isEqualTo(START_NS + seconds(31));
    assertThat(consequences.all)
        .containsExactly(
            "late 11 lane 1: request \"GET /cart\" of 127.0.0.1:4711 takes 10.0 s,"
                + " the limit is 10s",
            "overdue 11: request \"GET /cart\" of 127.0.0.1:4711 takes 30.0 s, the limit is 30s");
  }

  @Test
  void aLateRequestWithoutAFurtherLimitIsNeverDueAgain() {
    RequestWatch slowOnly = watch(10, Optional.empty());
    begin();

    for (int now : new int[] {10, 20}) {
      long nextNs = slowOnly.look(status, START_NS + seconds(now));
      assertThat(nextNs).isEqualTo(START_NS + seconds(now + 10)); // for what begins next
    }
    assertThat(consequences.all).hasSize(1);
  }

  @Test
  void theNextRequestOfALaneIsAnotherOne() {
    begin();
    look(10);
    lane.nextRequest("second", START_NS + seconds(12), START_NS + seconds(60));

    look(21);
    assertThat(consequences.all).hasSize(1);
    look(22);
    assertThat(consequences.all).hasSize(2).last().asString().contains("second");
  }

  @Test
  void aRequestThatWasGivenMoreTimeHasIt() {
    begin();
    lane.extend(seconds(100), START_NS + seconds(160));

    assertThat(look(100)).isEqualTo(START_NS + seconds(110));
    assertThat(consequences.all).isEmpty();
    look(130);
    assertThat(consequences.all).hasSize(1).first().asString().startsWith("overdue");
  }

  @Test
  void aSupervisorThatSleptMurdersNobody() {
    begin();
    look(5);
    watch.overslept(seconds(3_600));

    assertThat(look(3_605)).isEqualTo(START_NS + seconds(3_610));
    assertThat(consequences.all).isEmpty();
    look(3_630);
    assertThat(consequences.all).hasSize(1);
  }

  @Test
  void aRequestThatBeganDuringTheSleepIsMeasuredFromItsBeginning() {
    watch.overslept(seconds(3_600));
    begin();

    look(30);
    assertThat(consequences.all).hasSize(1).first().asString().startsWith("overdue");
  }

  @Test
  void aSlotWithoutAWorkerHasNoRequests() {
    begin();
    var _ = watch.look(new ServerStatus(Phase.RUNNING, 1, List.of(), 0, 0), START_NS + seconds(99));
    assertThat(consequences.all).isEmpty();
  }
}
