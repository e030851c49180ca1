package dev.prefork.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
  private static String string(String text) {
    return new JsonWriter().value(text).toString();
  }

  @Test
  void objectsAndArraysNest() {
    JsonWriter json = new JsonWriter();
    json.beginObject().field("a", "x").field("b", -1).field("c", true).name("d").beginArray();
    json.value(1).value("two").beginObject().endObject().beginArray().endArray().endArray();
    json.field("e", "").endObject();

    assertThat(json)
        .hasToString("{\"a\":\"x\",\"b\":-1,\"c\":true,\"d\":[1,\"two\",{},[]],\"e\":\"\"}");
  }

  @Test
  void aStringThatEndsLikeABeginningIsFollowedByAComma() {
    assertThat(new JsonWriter().beginArray().value("{[:").value(1).endArray())
        .hasToString("[\"{[:\",1]");
  }

  @Test
  void quotesAndEndsOfLinesAreEscaped() {
    assertThat(string("\"\\/\n\r\t")).isEqualTo("\"\\\"\\\\/\\n\\r\\t\"");
    assertThat(string("\u0000\u001b\u007f\u0085\u009f\u2028\u2029"))
        .isEqualTo("\"\\u0000\\u001b\\u007f\\u0085\\u009f\\u2028\\u2029\"");
  }

  @Test
  void whatPeopleReadStaysAsItIs() {
    assertThat(string("größe 雪 😀")).isEqualTo("\"größe 雪 😀\"");
  }

  @Test
  void halfOfASurrogatePairIsEscaped() {
    assertThat(string("a\ud83d")).isEqualTo("\"a\\ud83d\"");
    assertThat(string("\ude00b")).isEqualTo("\"\\ude00b\"");
    assertThat(string("\ud83dx\ude00")).isEqualTo("\"\\ud83dx\\ude00\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "7, 0.007",
    "42, 0.042",
    "1500, 1.500",
    "-20, -0.020",
    "-1500, -1.500",
    "9000000, 9000.000"
  })
  void thousandthsHaveThreeDecimals(long number, String text) {
    assertThat(new JsonWriter().beginObject().thousandths("n", number).endObject())
        .hasToString("{\"n\":" + text + "}");
  }
}
