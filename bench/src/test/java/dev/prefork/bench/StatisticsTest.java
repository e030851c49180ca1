package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsTheMiddleOfTheSortedValues() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
    assertThat(Statistics.median(List.of())).isNaN();
  }

  @Test
  void theRatioIsTakenRoundByRound() {
    List<Double> ours = List.of(10.0, 20.0, 90.0);
    List<Double> theirs = List.of(10.0, 40.0, 100.0);
    assertThat(Statistics.medianRatio(ours, theirs)).isEqualTo(0.9);
  }

  @Test
  void aRoundWithoutAReferenceIsLeftOut() {
    assertThat(Statistics.medianRatio(List.of(1.0, 8.0), List.of(0.0, 4.0))).isEqualTo(2);
    assertThat(Statistics.medianRatio(List.of(1.0), List.of())).isNaN();
  }

  @Test
  void theSpreadIsTheRangeInPartsOfTheMedian() {
    assertThat(Statistics.spread(List.of(90.0, 100.0, 120.0))).isEqualTo(0.3);
    assertThat(Statistics.spread(List.of())).isNaN();
  }

  @Test
  void aPercentileIsTheLeastValueThatTheShareDoesNotExceed() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
    assertThat(Statistics.percentile(values, 0)).isEqualTo(1);
    assertThat(Statistics.percentile(values, 0.5)).isEqualTo(2);
    assertThat(Statistics.percentile(values, 0.9)).isEqualTo(4);
    assertThat(Statistics.percentile(List.of(), 0.9)).isNaN();
  }
}
