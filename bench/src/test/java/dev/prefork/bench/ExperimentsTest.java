package dev.prefork.bench;

import static dev.prefork.bench.ServerViewTest.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.bench.RequestTimeouts.Round;
import dev.prefork.bench.Soak.Holdings;
import dev.prefork.bench.Soak.Toll;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the experiments make of what they have seen. */
class ExperimentsTest {
  private static LoadResult load(int ok, int failed) {
    LoadResult load = new LoadResult(Duration.ofSeconds(1));
    for (int i = 0; i < ok; i++) {
      load.recordOk(11, 1_000, true);
    }
    for (int i = 0; i < failed; i++) {
      load.recordFailure(Outcome.RESET);
    }
    return load;
  }

  private static Look look(double atS, int busy, SlotLife... lives) {
    return new Look(atS, view(lives.length, 0, busy, lives));
  }

  @Test
  void aTakeoverIsJudgedByItsMedian() {
    assertThat(SpareTakeover.findings("x", List.of(9.0, 3.0, 4.0), 5))
        .containsExactly(
            new Finding("x, median", 4, "ms", Bar.atMost(5), 3),
            new Finding("x, 90 % within", 9, "ms", Bar.NONE, 3));
  }

  @Test
  void answersAreJudgedByTheLongest() {
    assertThat(StatusAnswers.findings("x", List.of(1.0, 21.0, 2.0)))
        .containsExactly(
            new Finding("x, median", 2, "ms", Bar.NONE, 3),
            new Finding("x, longest", 21, "ms", Bar.atMost(20), 3));
  }

  @Test
  void thePoolHasGrownWhenAllClientsAreServedAtOnce() {
    List<Look> looks = List.of(look(0, 1), look(2.5, 5), look(3, 6), look(4, 6));
    assertThat(PoolGrowth.growth(looks).value()).isEqualTo(3);
    assertThat(PoolGrowth.growth(looks).isMissed()).isFalse();
    assertThat(PoolGrowth.growth(looks.subList(0, 2)).isMissed()).isTrue();
  }

  @Test
  void theMostWorkersOfAnyLookCountThoseThatStartIncluded() {
    List<Look> looks =
        List.of(
            look(0, 0, SlotLife.READY),
            look(1, 0, SlotLife.READY, SlotLife.STARTING),
            look(2, 0, SlotLife.READY, SlotLife.BACKOFF));
    Finding most = PoolGrowth.mostLive(looks, 1);
    assertThat(most.value()).isEqualTo(2);
    assertThat(most.samples()).isEqualTo(3);
    assertThat(most.isMissed()).isTrue();
  }

  @Test
  void aLoopingRequestIsJudgedByItsEarliestAndItsLatestEndAndByTheOthers() {
    List<Round> rounds = List.of(new Round(3.1, 7, load(10, 0)), new Round(4.2, 6, load(8, 2)));
    assertThat(RequestTimeouts.findings(rounds, 1))
        .extracting(Finding::value, Finding::isMissed, Finding::samples)
        .containsExactly(
            tuple(3.1, false, 2),
            tuple(4.2, true, 2),
            tuple(1.0, true, 2),
            tuple(2.0, true, 20),
            tuple(6.0, true, 2));
  }

  @Test
  void aDumpCountsIfItNamesTheLoop() {
    String frame = "\tat dev.prefork.bench.PacedHandler.loopForEver(PacedHandler.java:1)\n";
    assertThat(RequestTimeouts.dumps("x\n" + frame + "\tat PacedHandler.handle\n")).isEqualTo(1);
  }

  @Test
  void recyclingIsJudgedByTheFewestThatAccept() {
    SlotLife[] one = {SlotLife.READY, SlotLife.STARTING};
    List<Look> looks = List.of(look(0, 0, SlotLife.READY, SlotLife.READY), look(1, 0, one));
    assertThat(Recycles.findings(load(5, 1), looks, 40))
        .extracting(Finding::value, Finding::isMissed)
        .containsExactly(tuple(1.0, true), tuple(1.0, true), tuple(40.0, false));
  }

  @Test
  void aSoakAllowsAConnectionAKillATenthMoreMemoryAndTwoThreadsButNoDescriptor() {
    Holdings before = new Holdings(40, 50, 18);
    Toll toll = new Toll(3, load(100, 3));
    assertThat(Soak.findings(before, new Holdings(46, 50, 20), toll)).noneMatch(Finding::isMissed);
    assertThat(Soak.findings(before, new Holdings(46.1, 51, 21), new Toll(2, toll.load())))
        .filteredOn(Finding::isMissed)
        .extracting(Finding::figure)
        .containsExactly(
            "failed connections, at most one a kill",
            "supervisor's descriptors at the end",
            "supervisor's threads at the end",
            "supervisor's PSS at the end");
  }

  @Test
  void theAccessLogIsJudgedByTheRatiosRoundByRound() {
    Finding ratio =
        AccessLogCost.findings(List.of(90.0, 45.0, 30.0), List.of(100.0, 50.0, 60.0)).getFirst();
    assertThat(ratio.value()).isEqualTo(0.9);
    assertThat(ratio.isMissed()).isFalse();
  }
}
