package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ProgramConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchSpecCodecTest {
  private static final LaunchSpec SPEC =
      new LaunchSpec(
          ApplicationConfig.Kind.CONNECTION_HANDLER,
          "com.example.Größe$Handler",
          7,
          3,
          AcceptMode.FLOCK,
          64,
          Duration.ofMillis(1_500),
          Duration.ofHours(24),
          new ProgramConfig(
              Optional.of("/größe"),
              Optional.of("^Started .*s$"),
              Optional.of(200),
              Optional.empty(),
              List.of("/", "/größe?x=1")),
          1_000,
          "/var/log/größe access.log",
          LogFormat.JSON,
          511,
          List.of(
              StandardProtocolFamily.INET,
              StandardProtocolFamily.INET6,
              StandardProtocolFamily.UNIX));

  private static String text() {
    return new String(LaunchSpecCodec.encode(SPEC), StandardCharsets.UTF_8);
  }

  private static LaunchSpec decode(String text) throws IOException {
    return LaunchSpecCodec.decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aSpecSurvivesTheWay() throws IOException {
    assertThat(decode(text())).isEqualTo(SPEC);
  }

  @Test
  void theOrderOfTheFieldsDoesNotMatter() throws IOException {
    String reversed = String.join("\n", text().lines().toList().reversed()) + "\n";

    assertThat(decode(reversed)).isEqualTo(SPEC);
  }

  static Stream<String> everyLine() {
    return text().lines();
  }

  @ParameterizedTest
  @MethodSource("everyLine")
  void aMissingFieldIsRefused(String line) {
    String name = line.substring(0, line.indexOf('='));

    assertThatThrownBy(() -> decode(text().replace(line + "\n", "")))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec lacks the field " + name);
  }

  @ParameterizedTest
  @MethodSource("everyLine")
  void aRepeatedFieldIsRefused(String line) {
    String name = line.substring(0, line.indexOf('='));

    assertThatThrownBy(() -> decode(text() + line + "\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec has the field " + name + " twice");
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThatThrownBy(() -> decode(text() + "colour=blue\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec has unknown fields: [colour]");
  }

  @ParameterizedTest
  @CsvSource({
    "kind, TEAPOT",
    "slot, x",
    "slot, 99999999999",
    "accept, kernel",
    "concurrency, ''",
    "connection-timeout-ms, 1s",
    "access-log-format, json",
    "listeners, 4x6"
  })
  void aWrongValueIsRefused(String name, String value) {
    String wrong = text().replaceFirst("(?m)^" + name + "=.*$", name + "=" + value);

    assertThatThrownBy(() -> decode(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the launch spec has a wrong value");
  }

  @Test
  void aSpecThatIsCutShortIsRefused() {
    String text = text();

    assertThatThrownBy(() -> decode(text.substring(0, text.length() - 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec has an unfinished line");
    assertThatThrownBy(() -> decode("kind\n=x\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec has an unfinished line");
    assertThatThrownBy(() -> decode("")).isInstanceOf(IOException.class);
  }

  @Test
  void anOversizedSpecIsRefusedWithoutReadingItAll() {
    byte[] huge = new byte[LaunchSpecCodec.MAX_BYTES + 100];
    ByteArrayInputStream in = new ByteArrayInputStream(huge);

    assertThatThrownBy(() -> LaunchSpecCodec.decode(in))
        .isInstanceOf(IOException.class)
        .hasMessage("the launch spec is longer than 65536 bytes");
    assertThat(in.available()).isEqualTo(99);
  }

  @Test
  void aValueOfTwoLinesIsNeverWritten() {
    LaunchSpec broken =
        new LaunchSpec(
            ApplicationConfig.Kind.CONNECTION_HANDLER,
            "a.Handler\nslot=0",
            0,
            1,
            AcceptMode.KERNEL,
            1,
            Duration.ZERO,
            Duration.ZERO,
            ProgramConfig.NONE,
            0,
            "",
            LogFormat.TEXT,
            16,
            List.of());

    assertThatThrownBy(() -> LaunchSpecCodec.encode(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("application must stand on one line");
  }
}
