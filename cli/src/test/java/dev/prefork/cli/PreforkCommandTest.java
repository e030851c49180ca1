package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.Option;
import dev.prefork.config.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a function, as far as no process is started. */
class PreforkCommandTest {
  private static final int USAGE = 64;

  @TempDir private Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return new PreforkCommand()
        .run(
            args,
            Map.of("XDG_RUNTIME_DIR", temporary.toString()),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  /** One line for people: what, and the next step; no stack trace, no Java class name. */
  private void assertComplains(String... parts) {
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("prefork: ").contains(parts).doesNotContain("Exception");
    assertThat(err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void theVersionIsAResult(String flag) {
    assertThat(run(flag)).isZero();
    assertThat(out()).matches("prefork \\S+.* on Java 2\\d.*\n");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void theHelpNamesTheCommands(String flag) {
    assertThat(run(flag)).isZero();
    assertThat(out()).contains("Usage: prefork", "demo", "run");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run"})
  void theHelpOfACommandListsEveryOptionWithItsDefault(String command) {
    assertThat(run(command, "--help")).isZero();
    String help = out().replaceAll("\\s+", " ");
    for (Option<?> option : Options.all()) {
      assertThat(help).contains(option.flag() + "=" + option.type().placeholder());
      String defaultText = SettingsReader.defaultText(command, option);
      assertThat(help).contains(defaultText.isEmpty() ? "" : "Default: " + defaultText + ".");
    }
    for (Option<?> option : List.of(Options.CLASS_PATH, Options.ARGUMENT, Options.COMMAND)) {
      assertThat(help.contains(option.flag())).isEqualTo(command.equals("run"));
    }
    assertThat(err()).isEmpty();
  }

  @Test
  void theDemoSerialisesAcceptAsTheOriginalDoes() {
    assertThat(SettingsReader.defaultText("demo", Options.ACCEPT)).isEqualTo("fcntl");
    assertThat(SettingsReader.defaultText("run", Options.ACCEPT)).isEqualTo("kernel");
  }

  @Test
  void withoutACommandItSaysWhatToDo() {
    assertThat(run()).isEqualTo(USAGE);
    assertComplains("say what to do: demo, run, ", "'prefork --help'");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(run("demo", "--wrokers", "3")).isEqualTo(USAGE);
    assertComplains(
        "--wrokers", "did you mean --workers?", "'prefork demo --help' lists the options");
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(run("serve")).isEqualTo(USAGE);
    assertComplains("serve", "'prefork --help'");
  }

  @Test
  void anOptionWithoutItsValueOrGivenTwiceIsRefused() {
    assertThat(run("demo", "--workers")).isEqualTo(USAGE);
    assertComplains("--workers");
    err.reset();
    assertThat(run("demo", "--workers", "2", "--workers", "3")).isEqualTo(USAGE);
    assertComplains("--workers");
  }

  @ParameterizedTest
  @CsvSource({
    "--workers, 0, 1 to 1000",
    "--workers, many, 1 to 1000",
    "--stop-timeout, 25, with its unit",
    "--start-timeout, 1ms, 10ms to 24h",
    "--accept, mutex, 'kernel, fcntl or flock'",
    "--worker-heap, 64M, 4MiB to 1024GiB",
    "--concurrency, 65, 1 to 64",
    "--backlog, -1, 1 to 65535"
  })
  void aBadValueIsRefusedWithOptionValueRangeAndSource(String flag, String value, String range) {
    assertThat(run("demo", flag, value)).isEqualTo(USAGE);
    assertComplains(
        flag.substring(2) + " must be ", range, "not \"" + value + "\"", "(" + flag + ")");
  }

  @Test
  void valuesThatDoNotFitTogetherAreRefused() {
    assertThat(run("demo", "--max-workers", "2")).isEqualTo(USAGE);
    assertComplains("max-workers must be at least workers (8), not 2");
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThat(run("demo", "--listen", "1978")).isEqualTo(USAGE);
    assertComplains("listen must be HOST:PORT", "not \"1978\"");
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThat(run("demo", "--name", "../x")).isEqualTo(USAGE);
    assertComplains("name must be", "(--name)");
  }

  @Test
  void workerOptionsThatAreOursAreRefused() {
    assertThat(run("demo", "--listen", "127.0.0.1:0", "--worker-jvm-option=-Xrs")).isEqualTo(USAGE);
    assertComplains("worker-jvm-option can't be \"-Xrs\"");
  }

  @Test
  void anApplicationThatIsNotThereIsAConfigurationError() {
    assertThat(run("run", "com.example.Shop", "--class-path", temporary.toString())).isEqualTo(78);
    assertComplains("the handler com.example.Shop is not on the class path");
    err.reset();
    assertThat(run("run", "/no/such/app.jar")).isEqualTo(78);
    assertComplains("/no/such/app.jar: no such file");
  }

  @ParameterizedTest
  @CsvSource({
    "--log-file, could not open the log file",
    "--access-log, could not open the access log",
    "--slow-log, could not open the slow log"
  })
  void aLogThatCanNotBeOpenedIsAConfigurationError(String flag, String complaint) {
    for (var file :
        Map.of("/no/such/folder/log", "its folder does not exist", "/", "Is a directory")
            .entrySet()) {
      int status =
          run("demo", "--listen", "127.0.0.1:0", "--slow-after", "1s", flag, file.getKey());
      assertThat(status).isEqualTo(78);
      assertComplains(complaint + " " + file.getKey() + ": " + file.getValue());
      err.reset();
    }
  }

  @Test
  void aSlowLogWithoutSlowAfterIsAMistake() {
    assertThat(run("demo", "--listen", "127.0.0.1:0", "--slow-log", "slow.log")).isEqualTo(USAGE);
    assertComplains("slow-log needs slow-after", "--slow-log");
  }

  @Test
  void anApplicationMustBeNamed() {
    assertThat(run("run")).isEqualTo(USAGE);
    assertComplains("APPLICATION", "'prefork run --help'");
    err.reset();
    assertThat(run("run", "com.example.Shop")).isEqualTo(USAGE);
    assertComplains("--class-path");
  }

  @Test
  void anAddressInUseIsUnavailableAndItsHolderNamed() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + held.getLocalPort();

      assertThat(run("demo", "--listen", address)).isEqualTo(69);
      assertComplains(
          "could not bind " + address + ": Address already in use",
          "held by process " + ProcessHandle.current().pid());
    }
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left).allMatch(Files::isDirectory);
    }
  }
}
