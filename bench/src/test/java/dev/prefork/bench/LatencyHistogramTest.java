package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  private static LatencyHistogram of(long... values) {
    LatencyHistogram histogram = new LatencyHistogram();
    Arrays.stream(values).forEach(histogram::record);
    return histogram;
  }

  @Test
  void anEmptyOneIsAllZero() {
    LatencyHistogram empty = of();
    assertThat(empty.count()).isZero();
    assertThat(empty.maxNs()).isZero();
    assertThat(empty.percentileNs(0.5)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 127, 128, 255, 256, 257, 1_000, 65_535, 65_536, 123_456_789, 10_000_000_000L})
  void aSingleValueIsEveryPercentileWithinOnePercent(long value) {
    LatencyHistogram histogram = of(value);
    assertThat(histogram.percentileNs(0.001)).isCloseTo(value, withinPercentage(1));
    assertThat(histogram.percentileNs(1)).isCloseTo(value, withinPercentage(1));
    assertThat(histogram.maxNs()).isEqualTo(value);
  }

  @Test
  void percentilesOfManyValuesAreThoseOfTheSortedListWithinOnePercent() {
    Random random = new Random(42);
    long[] values = random.longs(20_000, 1_000, 50_000_000).toArray();
    LatencyHistogram histogram = of(values);
    Arrays.sort(values);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat(histogram.percentileNs(share))
          .as("p%s", share)
          .isCloseTo(exact, withinPercentage(1));
    }
  }

  @Test
  void whatIsTooLongCountsInTheLastBucketAndTheMaximumStaysExact() {
    long hour = Duration.ofHours(1).toNanos();
    LatencyHistogram histogram = of(1_000, hour, Long.MAX_VALUE);
    assertThat(histogram.percentileNs(0.9)).isGreaterThan(Duration.ofMinutes(4).toNanos());
    assertThat(histogram.maxNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aClockThatWentBackCountsAsZero() {
    assertThat(of(-5).percentileNs(1)).isZero();
  }

  @Test
  void addingTakesOverAllValues() {
    LatencyHistogram sum = of(1_000, 2_000);
    sum.add(of(100, 1_000_000));
    assertThat(sum.count()).isEqualTo(4);
    assertThat(sum.maxNs()).isEqualTo(1_000_000);
    assertThat(sum.percentileNs(0.25)).isEqualTo(100);
    assertThat(sum.percentileNs(0.5)).isCloseTo(1_000, withinPercentage(1));
  }
}
