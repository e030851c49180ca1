package dev.prefork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.ValueType;
import dev.prefork.config.WarOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options from file, environment and flags, as the commands check and config see them. */
class ConfigurationTest {
  private static final int USAGE = 64;
  private static final int CONFIGURATION = 78;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path temporary;

  private String file = "not made yet";

  @BeforeEach
  void nameTheFile() {
    file = temporary.resolve("prefork.toml").toString();
  }

  private int run(Map<String, String> env, String... args) {
    out.reset();
    err.reset();
    PrintStream results = new PrintStream(out, true, UTF_8);
    return new PreforkCommand().run(args, env, results, new PrintStream(err, true, UTF_8));
  }

  private int check(String toml) throws IOException {
    Files.writeString(Path.of(file), toml);
    return run(Map.of(), "check", file);
  }

  /** Standard error without the repeated path. */
  private String complaints() {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).doesNotContain("Exception");
    return err.toString(UTF_8).replace("prefork: " + file, "FILE");
  }

  /** The row of an option in the table that config prints. */
  private String row(Option<?> option) {
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith(option.name() + " "))
        .findFirst()
        .orElse("no row of " + option.name())
        .replaceAll(" +", " ");
  }

  static List<Option<?>> options() {
    return SettingsReader.keys("run");
  }

  /** A right value that is not the default. */
  private static String example(Option<?> option) {
    return switch (option.type()) {
      case ValueType.Count _ ->
          switch (option.name()) {
            case "min-workers" -> "5";
            case "jakarta-ee" -> "10";
            default -> "63";
          };
      case ValueType.Time _ -> "17s";
      case ValueType.Size _ -> option.equals(WarOptions.MAX_HEADER) ? "48KiB" : "48MiB";
      case ValueType.Choice<?> _ -> option.equals(Options.ACCEPT) ? "flock" : "json";
      case ValueType.Text _ ->
          switch (option.name()) {
            case "listen", "admin" -> "127.0.0.9:99";
            case "context-path", "ready-when", "aot-request" -> "/other";
            case "worker-jvm-option" -> "-Dx=y,z";
            default -> "other";
          };
    };
  }

  /** Another line of the file, without which the option makes no sense. */
  private static String needed(Option<?> option) {
    return switch (option.name()) {
      case "slow-log" -> "slow-after = \"1s\"\n";
      case "tls-certificate" -> "tls-key = \"key.pem\"\n";
      case "ready-after" -> "command = \"c\"\n";
      case "tls-key" -> "tls-certificate = \"chain.pem\"\n";
      default -> "";
    };
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsTakenFromFileEnvironmentAndFlagInThisOrder(Option<?> option)
      throws IOException {
    String value = example(option);
    String quote = option.type() instanceof ValueType.Count ? "" : "\"";
    String needed = needed(option);
    Files.writeString(
        Path.of(file),
        "\n# a comment\n" + option.name() + " = " + quote + value + quote + "\n" + needed);
    Map<String, String> variable = Map.of(option.variable(), value);
    String row = option.name() + " " + value + " ";

    assertThat(run(Map.of(), "config", "--config", file)).as(complaintsSoFar()).isZero();
    assertThat(row(option)).isEqualTo(row + file + ":3");
    assertThat(run(variable, "config", "--config", file)).as(complaintsSoFar()).isZero();
    assertThat(row(option)).isEqualTo(row + option.variable());
    if (!option.equals(Options.APPLICATION)) {
      assertThat(run(variable, "config", "--config", file, option.flag(), value)).isZero();
      assertThat(row(option)).isEqualTo(row + option.flag());
    }
    assertThat(run(Map.of(), "config")).isZero();
    assertThat(row(option)).endsWith(" default").doesNotContain(value);
  }

  private String complaintsSoFar() {
    return err.toString(UTF_8);
  }

  @Test
  void aRightFileIsOk() throws IOException {
    int status =
        check(
            """
            application = "com.example.Shop"
            class-path = "lib/*"
            listen = ["127.0.0.1:80", "[::1]:80"]
            workers = 1_000
            max-workers = 0x7d0
            stop-timeout = "90s"
            worker-heap = "1GiB"
            accept = 'flock'
            worker-jvm-option = "-Da=b"
            """);

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo(file + ": ok\n");
    assertThat(status).isZero();
  }

  @Test
  void allErrorsOfAFileAreToldAtOnceWithTheirLines() throws IOException {
    int status =
        check(
            """
            workers = 0
            stop-timout = "3s"
            backlog = "16"
            connection-timeout = 30
            listen = ["127.0.0.1:80",
              "1978", 7]
            name = "../x"
            accept = ["flock"]
            completely = "different"
            worker-jvm-option = []
            max-workers = {most = 3}
            [server]
            max_workers = 3
            """);

    assertThat(complaints())
        .isEqualTo(
            """
            FILE:1: workers must be 1 to 1000, not "0"
            FILE:2: unknown key "stop-timout"; did you mean "stop-timeout"?
            FILE:3: backlog must be an integer, 1 to 65535, not "16"
            FILE:4: connection-timeout must be a string, 10ms to 24h, with its unit (500ms, 3s, 2m), not 30
            FILE:6: listen must be a string or an array of strings, not 7
            FILE:6: listen must be HOST:PORT with a port of 0 to 65535, an IPv6 address in brackets (127.0.0.1:80, [::1]:80, name:80) or unix:PATH, not "1978"
            FILE:7: name must be 1 to 64 letters, digits or _ . : - and start with a letter, digit or _, not "../x"
            FILE:8: accept must be a string, kernel, fcntl or flock, not an array
            FILE:9: unknown key "completely"; the keys are the long options without their dashes
            FILE:10: worker-jvm-option must be a string or an array of strings, not []
            FILE:11: max-workers must be an integer, 1 to 4000, not a table
            FILE:12: unknown table "server"; keys stand at the top, in no table
            """);
    assertThat(status).isEqualTo(CONFIGURATION);
  }

  @Test
  void errorsOfTomlAreToldWithLineAndColumn() throws IOException {
    assertThat(check("workers = 2\nstop-timeout = 25s\nname = \"a\nworkers = 3\n"))
        .isEqualTo(CONFIGURATION);
    assertThat(complaints())
        .contains("FILE:2:18: ", "; texts, times and sizes stand in quotes\n")
        .contains("FILE:3:10: ")
        .contains("FILE:4:1: ")
        .hasLineCount(3);
  }

  @Test
  void valuesThatDoNotFitTogetherAreToldWithTheLineOfTheOne() throws IOException {
    assertThat(check("workers = 4\nmax-workers = 3\n")).isEqualTo(CONFIGURATION);
    assertThat(complaints()).isEqualTo("FILE:2: max-workers must be at least workers (4), not 3\n");
    assertThat(check("worker-jvm-option = [\"-Da=b\",\n\"-Xrs\"]\n")).isEqualTo(CONFIGURATION);
    assertThat(complaints()).startsWith("FILE:2: worker-jvm-option can't be \"-Xrs\"");
    assertThat(check("worker-jvm-option = \"-Xmx9m\"\nworker-heap = \"9MiB\"\n"))
        .isEqualTo(CONFIGURATION);
    assertThat(complaints()).startsWith("FILE:2: worker-heap and ");
  }

  @Test
  void aFlagThatDoesNotFitTheFileIsAUsageError() throws IOException {
    Files.writeString(Path.of(file), "workers = 4\n");
    assertThat(run(Map.of(), "demo", "--config", file, "--max-workers", "3")).isEqualTo(USAGE);
    assertThat(complaints())
        .isEqualTo("prefork: max-workers must be at least workers (4), not 3 (--max-workers)\n");
  }

  @Test
  void whatAStrongerSourceOverridesMustBeRightToo() throws IOException {
    Files.writeString(Path.of(file), "workers = 0\n");
    Map<String, String> env = Map.of("PREFORK_WORKERS", "many", "PREFORK_CONFIG", file);
    assertThat(run(env, "config", "--workers", "1001")).isEqualTo(CONFIGURATION);
    assertThat(complaints())
        .isEqualTo(
            """
            FILE:1: workers must be 1 to 1000, not "0"
            prefork: PREFORK_WORKERS: workers must be 1 to 1000, not "many"
            prefork: workers must be 1 to 1000, not "1001" (--workers)
            """);
  }

  @Test
  void aFileThatCannotBeReadIsAConfigurationError() throws IOException {
    assertThat(run(Map.of(), "demo", "--config", file)).isEqualTo(CONFIGURATION);
    assertThat(complaints())
        .isEqualTo("prefork: could not read the configuration file " + file + ": no such file\n");
    assertThat(run(Map.of(), "check", temporary.toString())).isEqualTo(CONFIGURATION);
    assertThat(complaints()).endsWith(temporary + ": Is a directory\n");
    Files.write(Path.of(file), new byte[] {'#', (byte) 0xff});
    assertThat(run(Map.of(), "check", file)).isEqualTo(CONFIGURATION);
    assertThat(complaints()).endsWith(": it is not UTF-8\n");
  }

  @Test
  void theDemoServesNoOtherApplication() throws IOException {
    Files.writeString(Path.of(file), "application = \"com.example.Shop\"\n");
    assertThat(run(Map.of(), "demo", "--config", file)).isEqualTo(CONFIGURATION);
    assertThat(complaints()).startsWith("FILE:1: unknown key \"application\"");
  }

  @Test
  void anApplicationOfAFileWithoutAClassPathIsAnErrorOfTheFile() throws IOException {
    Files.writeString(Path.of(file), "application = 'com.example.Shop'\n");
    Map<String, String> env = Map.of("XDG_RUNTIME_DIR", temporary.toString());
    assertThat(run(env, "run", "--config", file)).isEqualTo(CONFIGURATION);
    assertThat(complaints()).startsWith("FILE:1: application com.example.Shop needs --class-path");
    assertThat(run(env, "run", "com.example.Shop")).isEqualTo(USAGE);
    assertThat(complaints()).startsWith("prefork: application com.example.Shop needs --class-path");
  }

  @Test
  void anUnknownVariableIsRefusedWithTheNearestRightOne() {
    assertThat(run(Map.of("PREFORK_STOP_TIMOUT", "3s", "PREFORK_X", ""), "demo"))
        .isEqualTo(CONFIGURATION);
    assertThat(complaints())
        .isEqualTo(
            """
            prefork: PREFORK_STOP_TIMOUT: no such option; did you mean PREFORK_STOP_TIMEOUT?
            prefork: PREFORK_X: no such option; unset it, or see 'prefork config --help' for the options
            """);
  }

  @Test
  void aVariableWithSeveralValuesSeparatesThemBySpaces() {
    Map<String, String> env =
        Map.of(
            "PREFORK_LISTEN", " 127.0.0.1:0\t[::1]:0\n",
            "PREFORK_WORKER_JVM_OPTION", "-Xlog:gc*,safepoint -Da=b");
    assertThat(run(env, "config", "--json")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("\"listen\": {\"value\": [\"127.0.0.1:0\", \"[::1]:0\"], ")
        .contains("{\"value\": [\"-Xlog:gc*,safepoint\", \"-Da=b\"], ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PREFORK_LISTEN", "PREFORK_WORKERS", "PREFORK_NAME"})
  void anEmptyVariableIsRefused(String name) {
    assertThat(run(Map.of(name, " "), "config")).isEqualTo(CONFIGURATION);
    assertThat(complaints()).startsWith("prefork: " + name + ": ").contains(" must be ");
  }

  @Test
  void theVariablesOfTheLauncherAreNoOptions() throws IOException {
    String launcher = Files.readString(Path.of("../prefork"));
    TreeSet<String> own = new TreeSet<>();
    Pattern.compile("\\bPREFORK_\\w+")
        .matcher(launcher)
        .results()
        .forEach(found -> own.add(found.group()));
    assertThat(EnvironmentVariables.LAUNCHER).containsExactlyInAnyOrderElementsOf(own);
    assertThat(run(Map.of("PREFORK_JAVA_HOME", "/jdk"), "config")).isZero();
  }

  @Test
  void theVariablesOfAServiceCalledPreforkAreNoOptions() {
    Map<String, String> service =
        Map.of(
            "PREFORK_SERVICE_HOST", "10.0.0.1",
            "PREFORK_SERVICE_PORT_HTTP", "80",
            "PREFORK_PORT", "tcp://10.0.0.1:80",
            "PREFORK_PORT_80_TCP_ADDR", "10.0.0.1",
            "PREFORK_SHOP_SERVICE_HOST", "10.0.0.2");
    assertThat(run(service, "config")).as(complaintsSoFar()).isZero();
    assertThat(run(Map.of("PREFORK_PORT", "80"), "config")).isEqualTo(CONFIGURATION);
  }

  @Test
  void whatDependsOnOtherOptionsIsWorkedOut() {
    Map<String, String> env = Map.of("XDG_RUNTIME_DIR", temporary.toString());
    assertThat(run(env, "config", "com.example.Shop", "--workers", "12")).isZero();
    assertThat(row(Options.MAX_WORKERS)).isEqualTo("max-workers 48 default");
    assertThat(row(Options.RUNTIME_DIR))
        .isEqualTo("runtime-dir " + temporary + "/prefork/Shop-127.0.0.1:1978 default");
    assertThat(row(Options.APPLICATION)).isEqualTo("application com.example.Shop APPLICATION");
    assertThat(row(Options.NAME)).isEqualTo("name - default");
  }

  @Test
  void wordsAfterTheApplicationAreItsArguments() {
    assertThat(run(Map.of(), "config", "--argument", "a", "app.jar", "b", "--", "--c", "-d e"))
        .isZero();
    assertThat(row(Options.ARGUMENT)).startsWith("argument a b --c -d e ");
  }

  @Test
  void whatACommandCannotKeepIsRefusedWithItsSource() throws IOException {
    assertThat(check("command = \"serve\"\n\nrequest-timeout = \"3s\"\n")).isEqualTo(CONFIGURATION);
    assertThat(complaintsSoFar())
        .contains(file + ":3: request-timeout can't be kept of a command: its requests are not");
    assertThat(run(Map.of(), "config", "--command", "serve", "--worker-heap", "64MiB"))
        .isEqualTo(USAGE);
    assertThat(complaintsSoFar()).contains("worker-heap can't be kept of a command", "no JVM");
    assertThat(run(Map.of(), "config", "--command", "serve | log")).isEqualTo(USAGE);
    assertThat(complaintsSoFar()).contains("has | at character 7", "(--command)");
  }

  @Test
  void aCommandAndAnApplicationExcludeEachOther() {
    assertThat(run(Map.of("PREFORK_COMMAND", "serve 8080"), "config", "com.example.Shop"))
        .isEqualTo(USAGE);
    assertThat(complaintsSoFar()).contains("application and command exclude each other");
    assertThat(run(Map.of(), "config", "--command", "serve", "--class-path", "lib/*"))
        .isEqualTo(USAGE);
    assertThat(complaintsSoFar()).contains("class-path and command exclude each other");
  }

  @Test
  void aCommandGivesTheServerItsName() {
    Map<String, String> env = Map.of("XDG_RUNTIME_DIR", temporary.toString(), "PREFORK_SLOT", "3");
    assertThat(run(env, "config", "--command", "'/opt/my apps/serve' x")).isZero();
    assertThat(row(Options.RUNTIME_DIR))
        .isEqualTo("runtime-dir " + temporary + "/prefork/serve-127.0.0.1:1978 default");
  }

  @Test
  void theTableIsAligned() {
    assertThat(run(Map.of(), "config", "--stop-timeout", "3s")).isZero();
    assertThat(out.toString(UTF_8).lines())
        .contains("stop-timeout        3s              --stop-timeout")
        .contains("connection-timeout  30s             default");
  }

  @Test
  void jsonKeepsNumbersListsAndNothing() {
    assertThat(run(Map.of(), "config", "--json", "--name", "a", "--backlog", "007")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("{\n  \"application\": {\"value\": null, ")
        .contains("\"backlog\": {\"value\": 7, \"source\": \"flag\", \"place\": \"--backlog\"},\n")
        .contains("\"name\": {\"value\": \"a\", ")
        .contains("\"accept\": {\"value\": \"kernel\", \"source\": \"default\", \"place\": null},")
        .endsWith("}\n}\n");
    assertThat(Json.text("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
  }
}
