package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBufferTest {
  private static final int MAX_LINE = 8 * 1024;

  private final List<String> lines = new ArrayList<>();
  private final LineBuffer buffer = new LineBuffer(lines::add);

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.add(bytes, bytes.length);
  }

  @Test
  void aLineIsPassedOnWhenItsEndHasCome() {
    add("READ");
    assertThat(lines).isEmpty();
    add("Y\nnext");
    assertThat(lines).containsExactly("READY");
  }

  @Test
  void oneChunkMayHoldSeveralLines() {
    add("one\n\ntwo\r\nthree\n");

    assertThat(lines).containsExactly("one", "", "two", "three");
  }

  @Test
  void onlyTheGivenNumberOfBytesIsTaken() {
    buffer.add("abc\ndef\n".getBytes(StandardCharsets.US_ASCII), 4);

    assertThat(lines).containsExactly("abc");
  }

  @Test
  void aCharacterMayBeCutByAChunk() {
    byte[] bytes = "größer\n".getBytes(StandardCharsets.UTF_8);
    for (byte each : bytes) {
      buffer.add(new byte[] {each}, 1);
    }

    assertThat(lines).containsExactly("größer");
  }

  @Test
  void theEndPassesOnAnUnfinishedLineOnce() {
    add("one\nlast words");
    buffer.end();
    buffer.end();

    assertThat(lines).containsExactly("one", "last words");
  }

  @Test
  void theLongestLineStaysWhole() {
    add("x".repeat(MAX_LINE) + "\nnext\n");

    assertThat(lines).containsExactly("x".repeat(MAX_LINE), "next");
  }

  @Test
  void aLongerLineIsPassedOnInPieces() {
    add("x".repeat(2 * MAX_LINE) + "tail\n");

    assertThat(lines).containsExactly("x".repeat(MAX_LINE), "x".repeat(MAX_LINE), "tail");
  }

  @Test
  void noCharacterIsCutByTheBoundOfALine() {
    add("x" + "ö".repeat(MAX_LINE) + "\n");

    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("\ufffd"));
    assertThat(String.join("", lines)).isEqualTo("x" + "ö".repeat(MAX_LINE));
  }

  @Test
  void junkThatContinuesForEverIsBoundedToo() {
    byte[] junk = new byte[3 * MAX_LINE];
    Arrays.fill(junk, (byte) 0x80);
    buffer.add(junk, junk.length);

    assertThat(lines).isNotEmpty().allMatch(line -> line.length() <= MAX_LINE + 4);
  }
}
