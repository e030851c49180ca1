package dev.prefork.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text made by chance: what fails names its seed. */
class JsonParserFuzzTest {
  private static final int SEEDS = 20_000;
  private static final String ALPHABET =
      "{}[]:,\"\\/ \n\t-+.eE0123456789truefalsnbu\u0000\u00e9\ud83d\ude00";

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 6)) {
      case 0 -> new Json.Nothing();
      case 1 -> new Json.Truth(random.nextBoolean());
      case 2 -> new Json.Figure(Long.toString(random.nextLong()));
      case 3 -> new Json.Text(text(random));
      case 4 -> items(random, depth);
      default -> fields(random, depth);
    };
  }

  private static Json items(Random random, int depth) {
    var values = new ArrayList<Json>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(random, depth + 1));
    }
    return new Json.Items(values);
  }

  private static Json fields(Random random, int depth) {
    var fields = new LinkedHashMap<String, Json>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.put(text(random), value(random, depth + 1));
    }
    return new Json.Fields(fields);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    return text.toString();
  }

  private static String write(Json value) {
    JsonWriter out = new JsonWriter();
    value.write(out);
    return out.toString();
  }

  @Test
  void whatTheWriterWritesTheParserReads() throws JsonException {
    for (int seed = 0; seed < SEEDS; seed++) {
      Json value = value(new Random(seed), 0);
      String text = write(value);
      assertThat(JsonParser.parse(text)).as("seed %s: %s", seed, text).isEqualTo(value);
    }
  }

  @Test
  void aChangedTextIsReadOrRefusedAndNothingElse() {
    int read = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(write(value(random, 0)));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        change(text, random);
      }
      read += isRead(text.toString(), seed) ? 1 : 0;
    }
    assertThat(read).as("some changes leave JSON").isBetween(SEEDS / 100, SEEDS);
  }

  private static void change(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    if (random.nextBoolean() && at < text.length()) {
      text.deleteCharAt(at);
    } else {
      text.insert(at, c);
    }
  }

  /** What is read is JSON by our own writer's word too. */
  private static boolean isRead(String text, int seed) {
    try {
      Json value = JsonParser.parse(text);
      assertThat(JsonParser.parse(write(value))).as("seed %s: %s", seed, text).isEqualTo(value);
      return true;
    } catch (JsonException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
  }
}
