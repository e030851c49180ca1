package dev.prefork.examples.greeting.lisp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too much is refused, before it costs anything. */
class LispLimitsTest {
  /** Stack of the threads that the server's workers run on, in bytes. */
  private static final int STACK = 512 * 1024;

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#999999999(1)",
        "#999999999*1",
        "#99999999999999999999999(1)",
        "#1000000000A(1)",
        "#A((1000000 1000000) t)",
        "1e999999999",
        "1r999999999",
        "1d99999999999999999999",
      })
  void refusesWhatIsWrittenShortAndBuiltLong(String input) {
    Assertions.assertTimeout(AT_ONCE, () -> assertThat(Lisp.answer(input)).isEqualTo(Lisp.ERROR));
  }

  @Test
  void readsTinyNumbersAsZeroWhateverTheirExponent() {
    assertThat(Lisp.answer("1e-999999999999")).isEqualTo("0.0");
  }

  @Test
  void refusesNumbersOfMoreThanTheDigitsLimit() {
    assertThat(Lisp.answer("1".repeat(Limits.DIGITS))).hasSize(Limits.DIGITS);
    assertThat(Lisp.answer("1".repeat(Limits.DIGITS + 1))).isEqualTo(Lisp.ERROR);
    assertThat(Lisp.answer("#36r" + "z".repeat(Limits.DIGITS + 1))).isEqualTo(Lisp.ERROR);
    assertThat(Lisp.answer("1/" + "3".repeat(Limits.DIGITS + 1))).isEqualTo(Lisp.ERROR);
    assertThat(Lisp.answer("0." + "1".repeat(Limits.DIGITS))).isEqualTo(Lisp.ERROR);
  }

  @Test
  void refusesDataLongerThanTheBytesLimit() {
    String longest = '"' + "a".repeat(Limits.PRINTED - 2) + '"';
    assertThat(Lisp.answer(longest)).isEqualTo(longest);
    assertThatThrownBy(() -> Lisp.echo(" " + longest))
        .isInstanceOf(LispReadException.class)
        .hasMessageContaining("1048576 bytes");
  }

  @Test
  void stopsSharedStructureThatPrintsExponentially() {
    StringBuilder input = new StringBuilder("(#0=(a a)");
    for (int i = 1; i < 60; i++) {
      input.append(" #").append(i).append("=(#").append(i - 1).append("# #").append(i - 1);
      input.append("#)");
    }
    Assertions.assertTimeout(
        AT_ONCE,
        () ->
            assertThatThrownBy(() -> Lisp.echo(input.append(')').toString()))
                .isInstanceOf(LispReadException.class)
                .hasMessageContaining("printed form"));
  }

  @Test
  void stopsSharedFeatureExpressionsAndArraysThatAreVisitedExponentially() {
    StringBuilder doubled = new StringBuilder("(#0=()");
    for (int i = 1; i < 60; i++) {
      doubled.append(" #").append(i).append("=(#").append(i - 1).append("# #").append(i - 1);
      doubled.append("#)");
    }
    String features = doubled.toString().replace("=(", "=(and ").replace("=(and )", "=(and)");
    Assertions.assertTimeout(
        AT_ONCE,
        () -> {
          assertThat(Lisp.answer(features + " #+#59# a)")).isEqualTo(Lisp.ERROR);
          assertThat(Lisp.answer(doubled + " #60A#59#)")).isEqualTo(Lisp.ERROR);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ... ",
      quoteCharacter = '\u0001',
      value = {
        "( ... )",
        "' ... a",
        "` ... a",
        "#' ... a",
        "#( ... )",
        "(a . ( ... ))",
        "#1A( ... )",
        "#2A((#0A ... a))",
        "#+( ... )",
        "#+sbcl ... a",
        "#-sbcl ... a",
        "(let (( ... )))",
        "(lambda ( ... ))",
        "(flet ((f ( ... ))) x)",
        "`(a ,(b  ... ))",
        "(declare ( ... ))",
        "#c( ... )",
      })
  void nestsOnASmallStack(String open, String close) throws Exception {
    for (int depth : new int[] {100, 300, 499, 999, 1_000, 1_001, 20_000}) {
      onSmallStack(open.repeat(depth) + (close.length() == 1 ? close.repeat(depth) : close));
    }
    String balanced = open.repeat(300) + "x" + close.repeat(300);
    onSmallStack(balanced);
  }

  @Test
  void nestsAThousandDeepAndNoDeeper() throws Exception {
    assertThat(onSmallStack("(".repeat(1_000) + ")".repeat(1_000))).startsWith("((((");
    assertThat(onSmallStack("(".repeat(1_001) + ")".repeat(1_001))).isEqualTo(Lisp.ERROR);
    assertThat(onSmallStack("'".repeat(1_000) + "a")).endsWith("'''A");
    assertThat(onSmallStack("'".repeat(1_001) + "a")).isEqualTo(Lisp.ERROR);
    String let = "(let ((a ".repeat(333) + "b" + ")))".repeat(333);
    assertThat(onSmallStack(let)).startsWith("(LET ((A (LET");
    String features = "#+" + "(and ".repeat(998) + "sbcl" + ")".repeat(998) + " a b";
    assertThat(onSmallStack(features)).isEqualTo("A");
    String array = "#100A".repeat(9) + "()" + " a";
    assertThat(onSmallStack(array)).isNotEmpty();
    String comment = "#|".repeat(100_000) + "|#".repeat(100_000) + "a";
    assertThat(onSmallStack(comment)).isEqualTo("A");
  }

  @Test
  void refusesWhatLabelsNestDeeperThanItIsWritten() throws Exception {
    String half = "#1=" + "(".repeat(600) + ")".repeat(600);
    String input = "(" + half + " " + "(".repeat(600) + "#1#" + ")".repeat(600) + ")";
    assertThat(onSmallStack(input)).isEqualTo(Lisp.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1/", "\"\\", "(a ", "#|", "`(,", "a:", "#1=(", "1.", "#+(or ", "#\\", "|a"})
  void takesTimeInProportionToLength(String piece) {
    String input = piece.repeat(Limits.BYTES / piece.length());
    Assertions.assertTimeout(AT_ONCE, () -> assertThat(Lisp.answer(input)).isNotNull());
  }

  private static String onSmallStack(String input) throws Exception {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    StringBuilder answer = new StringBuilder();
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                LispReader reader = new LispReader(new ByteArrayInputStream(bytes));
                answer.append(LispPrinter.print(reader.read()));
              } catch (LispReadException e) {
                answer.append(Lisp.ERROR);
              } catch (Throwable e) {
                thrown[0] = e;
              }
            },
            "small stack",
            STACK);
    thread.start();
    thread.join();
    assertThat(thrown[0]).isNull();
    return answer.toString();
  }
}
