package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @Test
  void theLineNamesEveryClassThePercentilesAndTheShares() {
    LoadResult result = new LoadResult(TWO_SECONDS);
    result.recordOk(4711, 100_000, true);
    result.recordOk(4711, 100_000, true);
    result.recordOk(4712, 100_000, true);
    result.recordFailure(Outcome.EMPTY);
    assertThat(result)
        .hasToString(
            "conn/s 2 ok=3 refused=0 reset=0 timeout=0 empty=1 wrong=0"
                + " p50us=100 p99us=100 p999us=100 maxms=0.1"
                + " workers=2 minshare=1 maxshare=2 shares=4711:2,4712:1");
  }

  @Test
  void withoutAnAnswerTheLineHasNoPercentiles() {
    LoadResult result = new LoadResult(TWO_SECONDS);
    result.recordFailure(Outcome.REFUSED);
    assertThat(result)
        .hasToString(
            "conn/s 0 ok=0 refused=1 reset=0 timeout=0 empty=0 wrong=0"
                + " workers=0 minshare=0 maxshare=0");
  }

  @Test
  void whatEndsAfterTheWindowIsNoPartOfTheRateButOfAllElse() {
    LoadResult result = new LoadResult(TWO_SECONDS);
    result.recordOk(1, 1_000, true);
    result.recordOk(1, Duration.ofSeconds(3).toNanos(), false);
    assertThat(result.connectionsPerSecond()).isEqualTo(0.5);
    assertThat(result.count(Outcome.OK)).isEqualTo(2);
    assertThat(result.latencies().maxNs()).isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void addingSumsAllOfIt() {
    LoadResult sum = new LoadResult(TWO_SECONDS);
    sum.recordOk(1, 1_000, true);
    LoadResult other = new LoadResult(TWO_SECONDS);
    other.recordOk(2, 2_000, true);
    other.recordFailure(Outcome.RESET);
    other.recordFailure(Outcome.WRONG);
    sum.add(other);
    assertThat(sum.connectionsPerSecond()).isEqualTo(1);
    assertThat(sum.failures()).isEqualTo(2);
    assertThat(sum.latencies().count()).isEqualTo(2);
    assertThat(sum.shares().workers()).isEqualTo(2);
  }
}
