package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "3s, 3000",
    "2m, 120000",
    "1h, 3600000",
    "0s, 0",
    "007s, 7000",
    "999999999h, 3599999996400000"
  })
  void aTimeIsANumberAndItsUnit(String text, long millis) {
    assertThat(Units.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "ms",
        "5 s",
        " 5s",
        "5s ",
        "-5s",
        "+5s",
        "1.5s",
        "5S",
        "5sec",
        "5d",
        "1000000000s",
        "٥s",
        "1m30s"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(Units.parseDuration(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"512KiB, 524288", "64MiB, 67108864", "1GiB, 1073741824", "0KiB, 0"})
  void aSizeIsANumberAndItsUnit(String text, long bytes) {
    assertThat(Units.parseSize(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "64M", "64MB", "64mib", "MiB", "-1MiB", "1.5GiB", "64 MiB"})
  void whatIsNoSizeIsNone(String text) {
    assertThat(Units.parseSize(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "500, 500ms",
    "1500, 1500ms",
    "25000, 25s",
    "90000, 90s",
    "120000, 2m",
    "0, 0ms",
    "86400000, 24h"
  })
  void aTimeIsWrittenInItsLargestWholeUnit(long millis, String text) {
    assertThat(Units.format(Duration.ofMillis(millis))).isEqualTo(text);
    assertThat(Units.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"4194304, 4MiB", "1099511627776, 1024GiB", "1024, 1KiB", "1572864, 1536KiB"})
  void aSizeIsWrittenInItsLargestWholeUnit(long bytes, String text) {
    assertThat(Units.formatSize(bytes)).isEqualTo(text);
    assertThat(Units.parseSize(text)).isEqualTo(bytes);
  }
}
