package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
  private static final List<String> NAMES =
      Options.all().stream().<String>map(Option::name).toList();

  @ParameterizedTest
  @CsvSource({
    "stop-timout, stop-timeout",
    "wrokers, workers",
    "worker, workers",
    "max_workers, max-workers",
    "STOP_TIMEOUT, stop-timeout",
    "Backlogs, backlog",
    "conection-timout, connection-timeout"
  })
  void aSlipOfThePenIsUnderstood(String wrong, String right) {
    assertThat(NearestName.of(wrong, NAMES)).contains(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "port", "server", "completely-different"})
  void whatIsNearToNothingHasNoSuggestion(String wrong) {
    assertThat(NearestName.of(wrong, NAMES)).isEmpty();
  }

  @Test
  void theNearestOfSeveralIsChosen() {
    assertThat(NearestName.of("stop-timeot", List.of("start-timeout", "stop-timeout")))
        .contains("stop-timeout");
  }
}
