package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WidthTest {
  @Test
  void columnsAreNotCharacters() {
    assertThat(Width.of("größe")).isEqualTo(5);
    assertThat(Width.of("gro\u0308ße")).isEqualTo(5); // o and its dots
    assertThat(Width.of("雪だるま")).isEqualTo(8);
    assertThat(Width.of("😀!")).isEqualTo(3);
  }

  @Test
  void whatIsCutShowsIt() {
    assertThat(Width.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Width.cut("abcdef", 5)).isEqualTo("abcd…");
    assertThat(Width.cut("abcdef", 1)).isEqualTo("…");
    assertThat(Width.cut("abcdef", 0)).isEmpty();
  }

  @Test
  void noWideCharacterIsCutInTwo() {
    assertThat(Width.cut("雪だるま", 8)).isEqualTo("雪だるま");
    assertThat(Width.cut("雪だるま", 7)).isEqualTo("雪だる…");
    assertThat(Width.cut("雪だるま", 6)).isEqualTo("雪だ…");
    assertThat(Width.cut("😀😀", 2)).isEqualTo("…");
  }

  @Test
  void cellsAreFilledUpByColumns() {
    assertThat(Width.left("雪", 4)).isEqualTo("雪  ");
    assertThat(Width.right("雪", 4)).isEqualTo("  雪");
    assertThat(Width.left("abcdef", 4)).isEqualTo("abcdef");
  }
}
