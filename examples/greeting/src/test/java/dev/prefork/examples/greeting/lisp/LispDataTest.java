package dev.prefork.examples.greeting.lisp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What SBCL answers, row by row. */
class LispDataTest {
  static List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (InputStream in = LispDataTest.class.getResourceAsStream("lisp-data.tsv")) {
      assertThat(in).isNotNull();
      for (String row : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!row.isEmpty()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersAsSbcl(String row) {
    String[] columns = row.split("\t", -1);
    // The table shows a newline of the input as a symbol, so that a row stays a row.
    String input = columns[0].replace('␊', '\n').replace('⏎', '\n');
    assertThat(Lisp.answer(input)).isEqualTo(columns[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      value = {
        "1. => 1",
        "+.5 => 0.5",
        "1e+ => 1E+",
        "1e => |1E|",
        "2/4 => 1/2",
        "#36rzz => 1295",
        "#b101. => 101",
        "1.5r0 => 3/2",
        "1e39 => ERROR",
        "1e-45 => 0.0",
        "-0.0 => -0.0",
        "5d-324 => 4.9406564584124654d-324",
        "1234567.25 => 1234567.3",
        "#c(1 0) => 1",
        "#c(1 2.0d0) => #C(1.0d0 2.0d0)",
        "1/0 => ERROR",
      })
  void readsAndPrintsNumbers(String input, String output) {
    assertThat(Lisp.answer(input)).isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      value = {
        "a|b|c => |AbC|",
        "|1+| => 1+",
        "|1| => |1|",
        "|| => ||",
        ":|| => :||",
        "straße => STRAßE",
        "é => É",
        "ﬁ => FI",
        "cl::car => CAR",
        "cl:nosuch => ERROR",
        "cl-user::x => COMMON-LISP-USER::X",
        "cl-user::car => CAR",
        "cl-user::(a car) => (COMMON-LISP-USER::A CAR)",
        "::a => :A",
        "a:b:c => ERROR",
        "foo: => ERROR",
        "#:a => #:A",
        "#:1 => ERROR",
        ".. => ERROR",
      })
  void readsAndPrintsSymbols(String input, String output) {
    assertThat(Lisp.answer(input)).isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      value = {
        "(quote a) => 'A",
        "(quote) => (QUOTE)",
        "(a . 'b) => (A QUOTE B)",
        "(a . b c) => ERROR",
        "(a . ) => ERROR",
        "``(a ,,@b) => ``(A ,,@B)",
        "`(, @a) => `(, @A)",
        "`,@a => ERROR",
        ",a => ERROR",
        "(#1=(a) #1# . #1#) => ((A) (A) A)",
        "#1=(a #1#) => ERROR",
        "#+(and sbcl (not foo)) a b => A",
        "#-sbcl nosuch:x b => B",
        "#+foo #<x> b => ERROR",
        "(a #+sbcl . b) => ERROR",
        "#3(a) => #(A A A)",
        "#2A(() ()) => #2A(() ())",
        "#0A() => #0ANIL",
        "#3*10 => #*100",
        "#*012 => ERROR",
        "#\\u41 => #\\A",
        "#\\é => #\\LATIN_SMALL_LETTER_E_WITH_ACUTE",
        "#\\가 => #\\HANGUL_SYLLABLE_GA",
        "#\\foo => ERROR",
        "#p\"a//b\" => #P\"a/b\"",
        "#.a => ERROR",
        "#S(a) => ERROR",
        "(let nil (lambda ('a &key (nil b)) nil)) => (LET () (LAMBDA ((QUOTE A) &KEY (() B)) NIL))",
      })
  void readsAndPrintsForms(String input, String output) {
    assertThat(Lisp.answer(input)).isEqualTo(output);
  }
}
