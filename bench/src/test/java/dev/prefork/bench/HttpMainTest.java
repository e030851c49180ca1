package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpMainTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return HttpMain.run(
        args,
        Map.of("PATH", directory.toString()),
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Belongings()));
  }

  private Path command(String name) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\nexit 1\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theDefaultsAreThreeRoundsOfThreeSecondsOfJettyAndNetty() {
    HttpOptions options = HttpOptions.parse();
    assertThat(options.programs()).containsExactly("jetty", "netty");
    assertThat(options.clients()).isEqualTo(16);
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.window()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.only()).containsExactlyElementsOf(HttpOptions.PARTS);
  }

  @Test
  void everyOptionIsTaken() {
    String[] args = {
      "--programs", "jdk,netty", "--clients", "4", "--seconds", "0.5", "--warm-up", "2", "--rounds",
      "1", "--only", "load,spawn", "--markdown", "/r.md", "--chart", "/c.svg", "--prefork", "/p"
    };
    assertThat(HttpOptions.parse(args))
        .hasToString(
            "HttpOptions[prefork=/p, programs=[jdk, netty], clients=4, window=PT0.5S, warmUp=PT2S,"
                + " rounds=1, only=[load, spawn], markdown=Optional[/r.md],"
                + " chart=Optional[/c.svg]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--programs|tomcat|--programs must be some of jetty,netty,jdk,robaho with commas between, not tomcat",
        "--only|loads|--only must be some of footprint,spawn,disturbance,load with commas between,"
            + " not loads",
        "--clients|0|--clients must be a whole number from 1 to 1000, not 0"
      })
  void aValueOutOfRangeIsAUsageError(String option, String value, String message) {
    assertThat(run(option, value)).isEqualTo(64);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("bench: " + message + "\n");
  }

  @Test
  void helpIsAResult() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: bench/http ");
  }

  @Test
  void whoIsInstalledTakesPartAndWhoIsNotIsNamed() throws IOException {
    command("nginx");
    CommandPath commands = new CommandPath("/nowhere:" + directory);
    HttpSides sides = HttpSides.find(HttpOptions.parse("--programs", "jdk"), directory, commands);
    assertThat(sides.all())
        .extracting(Side::name)
        .containsExactly(
            "jdk alone", "jdk preforked 2", "jdk preforked 4", "jdk preforked 8", "nginx 8");
    assertThat(sides.missing()).containsExactly("apache", "gunicorn", "unicorn", "uwsgi");
    assertThat(sides.disturbed(16))
        .extracting(Side::name)
        .containsExactly("jdk preforked 8", "nginx 8");
  }

  @Test
  void aProcessForEachKeptConnectionServesNoMoreClientsThanThat() {
    Product apache = Product.ALL.get(1);
    HttpSide eight = new InstalledServer(apache, Path.of("/x"), 8, directory);
    assertThat(eight.serves(Workload.HELLO, 16)).isFalse();
    assertThat(eight.serves(Workload.HELLO, 8)).isTrue();
    assertThat(eight.serves(Workload.HELLO_ONCE, 16)).isTrue();
  }
}
