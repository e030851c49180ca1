package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
  private static String row(double value, String unit, Bar bar) {
    Table table = new Table("figure", "value", "bar", "met", "samples");
    new Finding("time", value, unit, bar, 7).addTo(table, "spare");
    return table.toString().lines().skip(2).findFirst().orElseThrow().replaceAll(" +", " ");
  }

  @Test
  void aFigureIsShownWithItsBarAndWhetherItIsMet() {
    assertThat(row(3.704, "ms", Bar.atMost(5)))
        .isEqualTo("| spare: time | 3.7 ms | <= 5 | yes | 7 |");
    assertThat(row(5.01, "ms", Bar.atMost(5))).contains("| 5.01 ms | <= 5 | no |");
    assertThat(row(0.9, "", Bar.atLeast(0.9))).contains("| 0.9 | >= 0.9 | yes |");
    assertThat(row(2.9, "s", new Bar(3, 4))).contains("| 2.9 s | 3 to 4 | no |");
    assertThat(row(52, "", new Bar(52, 52))).contains("| 52 | 52 | yes |");
    assertThat(row(13666, "conn/s", Bar.NONE)).contains("| 13666 conn/s | - | - |");
  }

  @Test
  void whatIsNotKnownMeetsNoBar() {
    assertThat(row(Double.NaN, "s", Bar.atMost(5))).contains("| - s | <= 5 | no |");
    assertThat(new Finding("x", Double.NaN, "", Bar.atLeast(0), 0).isMissed()).isTrue();
  }
}
