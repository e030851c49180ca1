package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationDocTest {
  private static final Path DOCS = Path.of("../docs");

  private static String example() throws IOException {
    return Files.readString(DOCS.resolve("prefork.toml"));
  }

  private static void assertGenerated(String page, String text) throws IOException {
    Path file = DOCS.resolve(page);
    if (Boolean.getBoolean("prefork.docs.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text)
        .as("docs/%s is generated: -Dprefork.docs.write=true writes it anew", page)
        .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }

  @Test
  void thePageIsGeneratedFromTheTable() throws IOException {
    assertGenerated("CONFIGURATION.md", ConfigurationPage.text(example()));
  }

  @Test
  void theManualIsGeneratedFromTheTables() throws IOException {
    assertGenerated("man/prefork.1", ManualPages.command());
    assertGenerated("man/prefork.toml.5", ManualPages.file(example()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefork.1", "prefork.toml.5"})
  void theManualIsRenderedWithoutAWarning(String page) {
    assumeThat(Processes.succeeds("groff", "--version")).as("groff is installed").isTrue();
    String file = DOCS.resolve("man").resolve(page).toString();

    assertThat(Processes.run(List.of("groff", "-man", "-ww", "-Tutf8", "-z", file))).isEmpty();
    assertThat(Processes.run(List.of("groff", "-man", "-Tascii", "-P-c", "-P-b", "-P-u", file)))
        .contains("NAME", "stop-timeout", "SEE ALSO");
  }

  @Test
  void theExampleIsAValidFile() {
    assertValid(DOCS.resolve("prefork.toml"));
  }

  @Test
  void theExampleOfTheReadmeIsAValidFile(@TempDir Path temporary) throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher block = Pattern.compile("(?s)```toml\n(.*?)```").matcher(readme);
    assertThat(block.find()).isTrue();
    assertValid(Files.writeString(temporary.resolve("prefork.toml"), block.group(1)));
  }

  private static void assertValid(Path toml) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String file = toml.toString();
    int status =
        new PreforkCommand()
            .run(
                new String[] {"check", file},
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo(file + ": ok\n");
    assertThat(status).isZero();
  }
}
