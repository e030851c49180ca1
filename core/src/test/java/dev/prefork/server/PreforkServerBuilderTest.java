package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import dev.prefork.LogFormat;
import dev.prefork.PreforkException;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Limits;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is decided before the first process. */
class PreforkServerBuilderTest {
  /** A handler on this class path. */
  public static final class Silent implements ConnectionHandler {
    @Override
    public void handle(Connection connection) {}
  }

  @TempDir private Path temporary;

  private static PreforkServerBuilder builder() {
    return PreforkServer.builder(Silent.class);
  }

  private static void assertRefused(
      PreforkServerBuilder builder, ExitStatus status, String... parts) {
    assertThatThrownBy(builder::start)
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(status);
  }

  @Test
  void theDefaultsAreThoseOfTheCommand() {
    ServerConfig config = builder().workerClassPath(temporary).config();

    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                ApplicationConfig.handler("dev.prefork.server.PreforkServerBuilderTest$Silent"),
                List.of(temporary),
                List.of("127.0.0.1:1978"),
                PoolConfig.fixed(8, 32, 1),
                16,
                AcceptMode.KERNEL,
                1,
                Duration.ofSeconds(25),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                ProgramConfig.NONE,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                LogFormat.TEXT,
                Optional.empty()));
  }

  @Test
  void whatIsSetIsTaken() {
    ServerConfig config =
        builder()
            .listen("127.0.0.1:0")
            .listen("[::1]:0")
            .workers(3)
            .maxWorkers(5)
            .minWorkers(2)
            .minSpare(1)
            .maxSpare(2)
            .spares(4)
            .slowAfter(Duration.ofSeconds(1))
            .requestTimeout(Duration.ofSeconds(2))
            .maxRequests(1_000)
            .maxAge(Duration.ofHours(1))
            .maxMemory(64L << 20)
            .backlog(128)
            .accept(AcceptMode.FLOCK)
            .concurrency(4)
            .stopTimeout(Duration.ZERO)
            .startTimeout(Duration.ofSeconds(5))
            .connectionTimeout(Duration.ofSeconds(6))
            .workerHeap(32L << 20)
            .workerJvmOption("-Da=1")
            .workerJvmOption("-Db=2")
            .workerClassPath(Path.of("/a"), Path.of("/b"))
            .runtimeDirectory(temporary)
            .accessLog("/var/log/access.log")
            .slowLog(Path.of("/var/log/slow.log"))
            .logFormat(LogFormat.JSON)
            .admin("9978")
            .config();

    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                ApplicationConfig.handler("dev.prefork.server.PreforkServerBuilderTest$Silent"),
                List.of(Path.of("/a"), Path.of("/b")),
                List.of("127.0.0.1:0", "[::1]:0"),
                new PoolConfig(3, 2, 5, 1, 2, 4),
                128,
                AcceptMode.FLOCK,
                4,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                ProgramConfig.NONE,
                new Limits(
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.of(Duration.ofSeconds(2)),
                    Optional.of(1_000),
                    Optional.of(Duration.ofHours(1)),
                    Optional.of(64L << 20)),
                Optional.of(32L << 20),
                List.of("-Da=1", "-Db=2"),
                Optional.of(temporary),
                Optional.empty(),
                Optional.of("/var/log/access.log"),
                Optional.of(Path.of("/var/log/slow.log")),
                LogFormat.JSON,
                Optional.of("9978")));
  }

  @Test
  void aCommandHasNoSpareAndIsReadyAfterASecond() {
    ServerConfig config = PreforkServer.command(List.of("serve", "x")).workers(2).config();

    assertThat(config.pool()).isEqualTo(PoolConfig.fixed(2, 16, 0));
    assertThat(config.application())
        .isEqualTo(ApplicationConfig.command(List.of("serve", "x"), Duration.ofSeconds(1)));
    Duration longer = Duration.ofSeconds(3);
    assertThat(PreforkServer.command(List.of("serve")).readyAfter(longer).config().application())
        .isEqualTo(ApplicationConfig.command(List.of("serve"), longer));
  }

  static Stream<Arguments> whatACommandCannotKeep() {
    Duration second = Duration.ofSeconds(1);
    return Stream.of(
        refused("request-timeout", builder -> builder.requestTimeout(second)),
        refused("slow-after", builder -> builder.slowAfter(second)),
        refused("max-requests", builder -> builder.maxRequests(5)),
        refused("access-log", builder -> builder.accessLog("-")),
        refused("min-workers", builder -> builder.minWorkers(1)),
        refused("spares", builder -> builder.spares(1)),
        refused("concurrency", builder -> builder.concurrency(2)),
        refused("accept", builder -> builder.accept(AcceptMode.FCNTL)),
        refused("connection-timeout", builder -> builder.connectionTimeout(second)),
        refused("worker-heap", builder -> builder.workerHeap(64L << 20)),
        refused("worker-jvm-option", builder -> builder.workerJvmOption("-Da=b")));
  }

  private static Arguments refused(String option, UnaryOperator<PreforkServerBuilder> set) {
    return Arguments.of(option, set);
  }

  @ParameterizedTest
  @MethodSource
  void whatACommandCannotKeep(String option, UnaryOperator<PreforkServerBuilder> set) {
    PreforkServerBuilder command = PreforkServer.command(List.of("serve"));
    assertThatThrownBy(set.apply(command)::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(option + " can't be kept of a command: ");
    var _ = set.apply(builder()).check();
  }

  @Test
  void onlyACommandIsReadyWithoutSayingSo() {
    assertThatThrownBy(builder().readyAfter(Duration.ofSeconds(1))::check)
        .hasMessageContaining("ready-after needs a command");
  }

  @Test
  void aCommandThatIsNotThereIsRefusedBeforeAnythingIsOpened() throws IOException {
    Path file = Files.writeString(temporary.resolve("plain"), "no program");

    assertRefused(
        PreforkServer.command(List.of("no-such-program-anywhere")),
        ExitStatus.CONFIGURATION,
        "could not run the command no-such-program-anywhere: no such program in PATH (");
    assertRefused(
        PreforkServer.command(List.of("/no/such")), ExitStatus.CONFIGURATION, "no such file");
    assertRefused(
        PreforkServer.command(List.of(file.toString())),
        ExitStatus.CONFIGURATION,
        "no executable file (chmod +x)");
    assertRefused(
        PreforkServer.command(List.of("/")), ExitStatus.CONFIGURATION, "no executable file");
  }

  @Test
  void theDefaultClassPathIsThatOfThisJvm() {
    assertThat(builder().config().classPath())
        .isNotEmpty()
        .allMatch(Files::exists)
        .anyMatch(entry -> Files.exists(entry.resolve("dev/prefork/server/EventQueueTest.class")));
  }

  static Stream<UnaryOperator<PreforkServerBuilder>> outOfRange() {
    return Stream.of(
        builder -> builder.listen(" "),
        builder -> builder.workers(0),
        builder -> builder.workers(1_001),
        builder -> builder.maxWorkers(0),
        builder -> builder.backlog(0),
        builder -> builder.concurrency(65),
        builder -> builder.accessLog(" "),
        builder -> builder.accessLog("two\nlines"),
        builder -> builder.stopTimeout(Duration.ofMillis(-1)),
        builder -> builder.stopTimeout(Duration.ofHours(25)),
        builder -> builder.startTimeout(Duration.ZERO),
        builder -> builder.connectionTimeout(Duration.ofMillis(9)),
        builder -> builder.workerHeap(1),
        builder -> builder.workerJvmOption(""));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void aValueOutOfRangeIsRefusedWhereItIsSet(UnaryOperator<PreforkServerBuilder> setter) {
    PreforkServerBuilder builder = builder();

    assertThatThrownBy(() -> setter.apply(builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[a-z-]+ must be .+, not .*");
  }

  @Test
  void fewerMaxWorkersThanWorkersAreRefused() {
    assertThatThrownBy(() -> builder().maxWorkers(2).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max-workers must be at least workers (8), not 2");
  }

  @Test
  void aSlowLogIsRefusedIfNothingIsEverLate() {
    assertThatThrownBy(() -> builder().slowLog(temporary.resolve("slow.log")).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slow-log needs slow-after, which says when a request is late");
  }

  @Test
  void whatIsSaidOfProgramsIsRefusedForAHandler() {
    assertRefused(builder().readyWhen("GET /health"), ExitStatus.USAGE, "ready-when is for");
    assertRefused(builder().readyLog("ready$"), ExitStatus.USAGE, "ready-log is for");
    assertRefused(builder().aotRequest("/"), ExitStatus.USAGE, "aot-request is for");
    assertRefused(builder().workerConnections(9), ExitStatus.USAGE, "worker-connections is for");
  }

  @Test
  void aProgramIsReadyInOneWayAlone() {
    assertRefused(
        PreforkServer.program(Path.of("app.jar"), List.of()).readyWhen("/").readyLog("ready$"),
        ExitStatus.USAGE,
        "ready-log and ready-when both say when");
  }

  @Test
  void aProgramHasLongerToStartUnlessSomebodySaysHowLong() {
    PreforkServerBuilder program = PreforkServer.program(Path.of("app.jar"), List.of());
    assertThat(program.config().startTimeout()).isEqualTo(Duration.ofSeconds(90));
    Duration given = Duration.ofSeconds(7);
    assertThat(program.startTimeout(given).config().startTimeout()).isEqualTo(given);
    assertThat(builder().config().startTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPathAloneIsAGet() {
    assertThat(builder().readyWhen(" GET  /a?b=c ").config().program().readyWhen())
        .contains("/a?b=c");
    assertThat(builder().readyWhen("/a").config().program().readyWhen()).contains("/a");
  }

  @Test
  void whatIsNoRequestOrNoRegularExpressionIsRefusedWhereItIsSet() {
    for (String request : List.of("POST /", "health", "GET /a b", "GET")) {
      assertThatThrownBy(() -> builder().readyWhen(request))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("ready-when must be GET and a path");
    }
    assertThatThrownBy(() -> builder().aotRequest("POST /"))
        .hasMessage("aot-request must be GET and a path, as \"GET /health\", not \"POST /\"");
    assertThatThrownBy(() -> builder().readyLog("(ready"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ready-log must be a regular expression, not \"(ready\": ");
  }

  @Test
  void aSlowLogThatCanNotBeOpenedLeavesNothingBehind() {
    Path directory = temporary.resolve("run");

    assertRefused(
        builder()
            .listen("127.0.0.1:0")
            .runtimeDirectory(directory)
            .slowAfter(Duration.ofSeconds(1))
            .slowLog(temporary.resolve("missing/slow.log")),
        ExitStatus.CONFIGURATION,
        "missing/slow.log: its folder does not exist; choose another file with slow-log");
    assertThat(directory.resolve("pid")).doesNotExist();
  }

  @Test
  void aHandlerThatIsNotOnTheWorkersClassPathIsRefusedBeforeAnythingIsOpened() {
    Path directory = temporary.resolve("run");

    assertRefused(
        PreforkServer.builder("no.such.Handler").runtimeDirectory(directory),
        ExitStatus.CONFIGURATION,
        "the handler no.such.Handler is not on the class path");
    assertRefused(
        builder().workerClassPath(temporary.resolve("missing.jar")),
        ExitStatus.CONFIGURATION,
        "missing.jar does not exist");
    assertThat(directory).doesNotExist();
  }

  @Test
  void anAddressInUseLeavesNothingBehind() throws IOException {
    Path directory = temporary.resolve("run");
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefused(
          builder().listen("127.0.0.1:" + held.getLocalPort()).runtimeDirectory(directory),
          ExitStatus.UNAVAILABLE,
          "Address already in use");
    }
    assertThat(directory.resolve("pid")).doesNotExist();
  }

  @Test
  void optionsForTheWorkersThatConflictAreRefused() {
    assertRefused(
        builder().listen("127.0.0.1:0").workerHeap(32L << 20).workerJvmOption("-Xmx1g"),
        ExitStatus.USAGE,
        "worker-heap");
  }
}
