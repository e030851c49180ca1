package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartBackoffTest {
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  @ParameterizedTest
  @CsvSource({
    "1, 100",
    "2, 200",
    "3, 400",
    "7, 6400",
    "8, 10000",
    "9, 10000",
    "1000, 10000",
    "2147483647, 10000"
  })
  void theWaitDoublesUpToTenSeconds(int failures, long millis) {
    StartBackoff backoff = new StartBackoff(() -> 0.5);

    assertThat(backoff.waitNs(failures)).isEqualTo(Duration.ofMillis(millis).toNanos());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 100})
  void chanceSpreadsTheWaitByAFifthEitherWay(int failures) {
    long middle = new StartBackoff(() -> 0.5).waitNs(failures);

    assertThat(new StartBackoff(() -> 0.0).waitNs(failures)).isEqualTo(middle / 10 * 8);
    assertThat(new StartBackoff(() -> ALMOST_ONE).waitNs(failures))
        .isBetween(middle / 10 * 12 - 2, middle / 10 * 12);
  }
}
