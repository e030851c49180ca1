package dev.prefork.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {
  /** Read and written again: one line without spaces. */
  private static String again(String text) throws JsonException {
    JsonWriter out = new JsonWriter();
    JsonParser.parse(text).write(out);
    return out.toString();
  }

  private static Json.Fields object(String text) throws JsonException {
    return (Json.Fields) JsonParser.parse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "-1.50",
        "1e5",
        "1E+5",
        "2.5e-3",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,[]],{\"a\":{}}]",
        "{\"b\":1,\"a\":[null,false,\"x\"]}",
        "123456789012345678901234567890"
      })
  void whatIsJsonIsReadAsItStands(String text) throws JsonException {
    assertThat(again(text)).isEqualTo(text);
    assertThat(again(" \t\n\r" + text + " \t\n\r")).isEqualTo(text);
  }

  @Test
  void spaceMayStandBetweenAllParts() throws JsonException {
    assertThat(again(" { \"a\" : [ 1 , 2 ] , \"b\" : { } } ")).isEqualTo("{\"a\":[1,2],\"b\":{}}");
  }

  @Test
  void escapesAreResolved() throws JsonException {
    assertThat(JsonParser.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD83D\\uDE00\""))
        .isEqualTo(new Json.Text("\"\\/\b\f\n\r\tAé😀"));
  }

  @Test
  void aCharacterThatIsNoneOfOursStays() throws JsonException {
    assertThat(JsonParser.parse("\"größe 雪 😀 \u007f\u2028\""))
        .isEqualTo(new Json.Text("größe 雪 😀 \u007f\u2028"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "True",
        "NaN",
        "Infinity",
        "+1",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "'a'",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u１２３４\"",
        "\"\n\"",
        "\"\u0000\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "}",
        "{1:2}",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,,\"b\":2}",
        "1 2",
        "{} {}",
        "null,",
        "// c\n1",
        "/* c */1",
        "\u00a01",
        "\ufeff1",
        "1\u0000"
      })
  void whatOnlyResemblesJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonParser.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("(?s).+, at column \\d+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,}        | a name must be a string, at column 8
          {"a" 1}         | a colon must follow a name, at column 6
          {"a":1,"a":2}   | the name "a" stands twice in one object, at column 13
          [1 2]           | a comma or ] must follow, at column 4
          [1] x           | nothing may follow the value, at column 5
          [-x]            | a digit must stand here, at column 3
          """)
  void theRefusalSaysWhatAndWhere(String text, String message) {
    assertThatThrownBy(() -> JsonParser.parse(text)).hasMessage(message);
  }

  @Test
  void aDepthThatCouldExhaustTheStackIsRefused() throws JsonException {
    int deepest = JsonParser.MAX_DEPTH;
    String deep = "[".repeat(deepest) + "]".repeat(deepest);
    assertThat(again(deep)).isEqualTo(deep);
    assertThat(again("[" + "[],".repeat(100) + "{}]")).hasSize(304);
    assertThatThrownBy(() -> JsonParser.parse("[" + deep + "]")).hasMessageContaining("at most 32");
    assertThatThrownBy(() -> JsonParser.parse("{\"a\":".repeat(100_000)))
        .hasMessageContaining("at most 32");
  }

  @Test
  void fieldsAreGivenByNameAndKind() throws JsonException {
    Json.Fields fields =
        object("{\"t\":\"x\",\"n\":-7,\"r\":1.5,\"b\":true,\"l\":[1],\"o\":{\"p\":2},\"os\":[{}]}");
    assertThat(fields.text("t")).isEqualTo("x");
    assertThat(fields.number("n")).isEqualTo(-7);
    assertThat(fields.rounded("r")).isEqualTo(1.5);
    assertThat(fields.truth("b")).isTrue();
    assertThat(fields.items("l")).containsExactly(new Json.Figure("1"));
    assertThat(fields.object("o").number("p")).isEqualTo(2);
    assertThat(fields.objects("os")).hasSize(1);
    assertThat(fields.has("o")).isTrue();
    assertThat(fields.has("x")).isFalse();
  }

  @Test
  void aFieldThatIsMissingOrOfAnotherKindIsRefused() throws JsonException {
    Json.Fields fields = object("{\"t\":\"x\",\"n\":1.5,\"big\":1" + "0".repeat(20) + "}");
    assertThatThrownBy(() -> fields.text("n")).hasMessage("n must be a string");
    assertThatThrownBy(() -> fields.text("x")).hasMessage("x must be a string");
    assertThatThrownBy(() -> fields.number("t")).hasMessage("t must be a whole number");
    assertThatThrownBy(() -> fields.number("n")).hasMessage("n must be a whole number");
    assertThatThrownBy(() -> fields.number("big")).hasMessage("big must be a whole number");
    assertThatThrownBy(() -> fields.truth("t")).hasMessage("t must be true or false");
    assertThatThrownBy(() -> fields.items("t")).hasMessage("t must be an array");
    assertThatThrownBy(() -> fields.object("t")).hasMessage("t must be an object");
  }
}
