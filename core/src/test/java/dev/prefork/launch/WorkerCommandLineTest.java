package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCommandLineTest {
  private static final Path JAVA = Path.of("/jdk/bin/java");
  private static final Path CORE = Path.of("/lib/prefork.jar");

  private static final HostResources HOST = new HostResources(4_000L << 20, "memory.max", 2, false);

  private static WorkerCommandLine commandLine(
      ServerConfig config, Map<String, String> environment) {
    return new WorkerCommandLine(config, JAVA, CORE, environment, () -> HOST);
  }

  private static List<String> arguments(ServerConfig config) {
    return commandLine(config, Map.of()).arguments(0, 1, List.of());
  }

  private static List<String> argumentsWithToolOptions(String toolOptions) {
    return commandLine(Configs.withJvmOptions(), Map.of("JAVA_TOOL_OPTIONS", toolOptions))
        .arguments(0, 1, List.of());
  }

  private static void assertUsage(ServerConfig config, String... parts) {
    assertThatThrownBy(() -> commandLine(config, Map.of()))
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void theLineIsProgramFlagsUsersOptionsClassPathMain() {
    List<String> line =
        commandLine(Configs.withJvmOptions("-Da=b"), Map.of()).arguments(3, 2, List.of());

    assertThat(line)
        .startsWith("/jdk/bin/java", "-XX:+UseSerialGC", "-Xmx67108864", "-Xms16777216")
        .contains("-XX:+ExitOnOutOfMemoryError", "-Dprefork.worker=3", "-Dprefork.generation=2")
        .endsWith(
            "-Da=b", "-cp", "/lib/prefork.jar:/app/a.jar:/app/b.jar", WorkerCommandLine.MAIN_CLASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseSerialGC", "-XX:+UseEpsilonGC"})
  void ourCollectorGivesWayToTheUsers(String choice) {
    assertThat(arguments(Configs.withJvmOptions(choice)))
        .filteredOn(argument -> argument.matches("-XX:\\+Use\\w+GC"))
        .containsExactly(choice);
    assertThat(argumentsWithToolOptions("-Xss1m  " + choice)).doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void anOptionThatOnlySoundsLikeACollectorIsNone() {
    assertThat(arguments(Configs.withJvmOptions("-XX:+UseGCOverheadLimit")))
        .contains("-XX:+UseSerialGC");
    assertThat(argumentsWithToolOptions("-Dx=-XX:+UseG1GC")).contains("-XX:+UseSerialGC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xmx1g", "-XX:MaxHeapSize=1g", "-XX:MaxRAMPercentage=50", "-XX:MaxRAM=2g"})
  void ourHeapGivesWayToTheUsers(String choice) {
    assertThat(arguments(Configs.withJvmOptions(choice)))
        .contains(choice)
        .noneMatch(argument -> argument.startsWith("-Xms") || argument.equals("-Xmx67108864"));
    assertThat(argumentsWithToolOptions(choice)).noneMatch(argument -> argument.startsWith("-Xm"));
  }

  @Test
  void theHeapOptionBoundsTheHeapAndAReasonableBeginning() {
    assertThat(arguments(Configs.withHeap(4L << 20)))
        .contains("-Xmx4194304", "-Xms4194304", "-XX:NewSize=1398101");
    assertThat(arguments(Configs.withHeap(1L << 30)))
        .contains("-Xmx1073741824", "-Xms16777216", "-XX:NewSize=12582912");
  }

  @Test
  void twoBoundsOfTheHeapAreRefused() {
    assertUsage(Configs.withHeap(64L << 20, "-Xmx1g"), "worker-heap", "worker-jvm-option");
    ServerConfig config = Configs.withHeap(64L << 20);
    assertThatThrownBy(() -> commandLine(config, Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g")))
        .isInstanceOf(PreforkException.class)
        .hasMessageContainingAll("worker-heap", "JAVA_TOOL_OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-jar",
        "-cp",
        "-classpath",
        "--class-path",
        "--class-path=/x",
        "-m",
        "--module",
        "--module=a/b",
        "-Xrs"
      })
  void optionsThatAreOursAreRefusedByName(String option) {
    assertUsage(Configs.withJvmOptions(option), "worker-jvm-option", "\"" + option + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Main", "Xmx1g", " -Xmx1g"})
  void whatIsNoOptionIsRefused(String option) {
    assertUsage(Configs.withJvmOptions(option), "must start with a dash", "\"" + option + "\"");
  }

  @Test
  void argumentFilesAreTheUsers() {
    assertThat(arguments(Configs.withJvmOptions("@/etc/app.options")))
        .contains("@/etc/app.options");
  }

  @Test
  void crashFilesGoToTheRuntimeDirectory() {
    assertThat(arguments(Configs.withRuntimeDirectory(Path.of("/run/prefork/x"))))
        .contains("-XX:ErrorFile=/run/prefork/x/crash/hs_err_%p.log");
    assertThat(arguments(Configs.withJvmOptions()))
        .noneMatch(argument -> argument.startsWith("-XX:ErrorFile"));
  }

  @Test
  void whatIsMeantForTheSupervisorIsNotInherited() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("PATH", "/bin"),
            Map.entry("JAVA_TOOL_OPTIONS", "-Xss1m"),
            Map.entry("EMPTY", ""),
            Map.entry("WATCHDOGS", "2"),
            Map.entry("MY_LISTEN_FDS", "1"),
            Map.entry("NOTIFY_SOCKET", "/n"),
            Map.entry("WATCHDOG_USEC", "1"),
            Map.entry("WATCHDOG_PID", "1"),
            Map.entry("LISTEN_FDS", "1"),
            Map.entry("LISTEN_PID", "1"),
            Map.entry("LISTEN_FDNAMES", "a"),
            Map.entry("JDK_JAVA_OPTIONS", "-Xmx1g"),
            Map.entry("INVOCATION_ID", "1"));

    assertThat(commandLine(Configs.withJvmOptions(), environment).environment())
        .containsExactly(
            "EMPTY=", "JAVA_TOOL_OPTIONS=-Xss1m", "MY_LISTEN_FDS=1", "PATH=/bin", "WATCHDOGS=2");
  }
}
