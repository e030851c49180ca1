package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void aTableIsAlignedAndMarkdown() {
    Table table = new Table("side", "conn/s");
    table.row("original", "23500");
    table.row("x", "7");
    assertThat(table)
        .hasToString(
            """
            | side     | conn/s |
            | -------- | -----: |
            | original |  23500 |
            | x        |      7 |
            """);
  }

  @Test
  void aRowThatDoesNotFitItsHeadingsIsRefused() {
    Table table = new Table("side", "conn/s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.row("original"))
        .withMessage("a row of 1 cells under 2 headings");
  }

  @Test
  void figuresAreRoundedAndWhatIsUnknownIsADash() {
    assertThat(Figures.rounded(2.5)).isEqualTo("3");
    assertThat(Figures.rounded(0.125, 2)).isEqualTo("0.13");
    assertThat(Figures.rounded(Double.NaN, 2)).isEqualTo("-");
    assertThat(Figures.percent(0.154)).isEqualTo("15 %");
    assertThat(Figures.percent(Double.POSITIVE_INFINITY)).isEqualTo("-");
    assertThat(Figures.seconds(Duration.ofMillis(500))).isEqualTo("0.5 s");
    assertThat(Figures.seconds(Duration.ofSeconds(20))).isEqualTo("20 s");
    assertThat(Figures.clients(1)).isEqualTo("1 client");
  }

  @Test
  void theReadyLineTellsWorkersAndPort() {
    assertThat(ReadyLine.parse("ready: 8 workers on 127.0.0.1:43210, supervisor pid 4711"))
        .contains(new ReadyLine(8, 43210));
    assertThat(ReadyLine.parse("ready: soon")).isEmpty();
    assertThat(ReadyLine.parse("2026-01-01 INFO worker 0 gen 1 pid 4711 ready")).isEmpty();
  }

  @Test
  void everyRoundBeginsWithAnotherSide() {
    List<String> sides = List.of("a", "b", "c");
    assertThat(Rounds.turns(sides, 0)).containsExactly("a", "b", "c");
    assertThat(Rounds.turns(sides, 1)).containsExactly("b", "c", "a");
    assertThat(Rounds.turns(sides, 5)).containsExactly("c", "a", "b");
  }
}
