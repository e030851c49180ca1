package dev.prefork.examples.greeting.lisp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever comes, there is a datum or a read error. */
class LispFuzzTest {
  private static final long SEED = 1978;
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void answersRandomBytes() {
    Random random = new Random(SEED);
    Assertions.assertTimeout(
        LONG,
        () -> {
          for (int i = 0; i < 10_000; i++) {
            byte[] input = new byte[random.nextInt(200)];
            random.nextBytes(input);
            check(input);
          }
        });
  }

  @Test
  void answersDamagedData() {
    Random random = new Random(SEED);
    LispGenerator generator = new LispGenerator(random);
    Assertions.assertTimeout(
        LONG,
        () -> {
          for (int i = 0; i < 20_000; i++) {
            byte[] input = generator.datum(5).getBytes(StandardCharsets.UTF_8);
            for (int damage = random.nextInt(4); damage > 0 && input.length > 0; damage--) {
              input[random.nextInt(input.length)] =
                  (byte)
                      (random.nextBoolean()
                          ? random.nextInt()
                          : "()#|\"\\'`,;:.1a".charAt(random.nextInt(14)));
            }
            check(input);
          }
        });
  }

  private static void check(byte[] input) throws IOException {
    try {
      Datum datum = new LispReader(new ByteArrayInputStream(input)).read();
      assertThat(LispPrinter.print(datum)).hasSizeLessThanOrEqualTo(Limits.PRINTED);
    } catch (LispReadException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }
  }
}
