package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.OddHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Starts that can't work: each ends by itself, says why, and leaves nothing. */
class RefusalIT {
  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand run(Class<?> handler, String... options) {
    return commands.launch(commands.arguments(handler, options));
  }

  private RunningCommand demo(String... options) {
    return commands.launch(commands.arguments("demo", options));
  }

  private static void assertRefused(RunningCommand command, int status, String... words) {
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(status);
    assertThat(command.log().lines()).singleElement().asString().contains(words);
    assertThat(command.output()).isEmpty();
  }

  @Test
  void anUnknownHostIsUnavailable() {
    commands.expect("host name is unknown");
    assertRefused(demo("--listen", "no-such-host.invalid:0"), 69, "no-such-host.invalid");
  }

  @Test
  void aWrongAddressIsAUsageError() {
    commands.expect("listen must be");
    assertRefused(demo("--listen", "127.0.0.1:99999"), 64, "127.0.0.1:99999");
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    commands.expect("--no-such-option");
    assertRefused(demo("--no-such-option"), 64, "--no-such-option", "--help");
  }

  @Test
  void anOptionForWarFilesIsRefusedForAHandler() {
    commands.expect("context-path is for a WAR file");
    assertRefused(run(OddHandlers.Stuck.class, "--context-path", "/shop"), 64, "Stuck is none");
  }

  @Test
  void aKeyWithoutItsCertificateIsRefused() {
    commands.expect("tls-key needs tls-certificate");
    assertRefused(run(OddHandlers.Stuck.class, "--tls-key", "key.pem"), 64, "(--tls-key)");
  }

  @Test
  void aHeapGivenTwiceIsAUsageError() {
    commands.expect("both bound the heap");
    assertRefused(
        demo("--worker-heap", "32MiB", "--worker-jvm-option", "-Xmx32m"), 64, "worker-heap");
  }

  @Test
  void aMissingClassIsRefusedInOneLine() {
    commands.expect("NoSuchHandler");
    assertRefused(
        commands.launch(
            commands.arguments(
                "run",
                "--class-path",
                Commands.handlers().toString(),
                "com.example.NoSuchHandler")),
        78,
        "com.example.NoSuchHandler",
        "is not on the class path");
    assertThat(commands.directory().resolve("run")).doesNotExist();
  }

  @Test
  void aHandlerWithoutPublicConstructorIsRefusedByTheWorkers() {
    commands.expect("has no public constructor without parameters");
    RunningCommand command = run(OddHandlers.Hidden.class);
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(78);
    assertThat(command.log()).contains(OddHandlers.Hidden.class.getName());
    assertThat(command.output()).isEmpty();
  }

  @Test
  void aClassThatIsNoHandlerIsRefusedByTheWorkers() {
    commands.expect("does not implement dev.prefork.ConnectionHandler");
    RunningCommand command = run(OddHandlers.NoHandler.class);
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(78);
    assertThat(command.log()).contains(OddHandlers.NoHandler.class.getName());
  }

  @Test
  void aConstructorThatAlwaysThrowsEndsTheServerAfterFiveStarts() {
    commands.expect("the database is down", "at dev.prefork", "at java.base");
    RunningCommand command = run(OddHandlers.Failing.class);
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(70);
    assertThat(command.log().lines().filter(line -> line.contains(" stopped: ")))
        .singleElement()
        .asString()
        .contains(" ERROR ", "5 starts in a row failed", "the database is down");
  }

  @Test
  void aConstructorThatExitsEndsTheServerWithItsExitCode() {
    commands.expect("exited with 9");
    RunningCommand command = run(OddHandlers.Exiting.class);
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(70);
    assertThat(command.log()).contains("5 starts in a row failed", "exited with 9");
  }

  @Test
  void twoCollectorsOfTheUsersAreRefusedInTheWordsOfTheJvm() {
    commands.expect("Multiple garbage collectors selected");
    RunningCommand command =
        demo("--worker-jvm-option", "-XX:+UseParallelGC", "--worker-jvm-option", "-XX:+UseG1GC");
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(78);
    assertThat(command.log()).contains("stopped: ").contains("Multiple garbage collectors");
  }

  @Test
  void workersStuckInStartUpAreKilledAndEndTheServer() {
    commands.expect("not ready within its start-timeout of 300ms");
    RunningCommand command = run(OddHandlers.Stuck.class, "--start-timeout", "300ms");
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(70);
    assertThat(command.log())
        .contains("starts in a row failed", "not ready within its start-timeout of 300ms");
  }

  @Test
  void aStopEndsAServerWhoseWorkersAreStuckInStartUp() {
    RunningCommand command = run(OddHandlers.Stuck.class, "--workers", "2");
    Await.until("two workers in their constructor", () -> command.workers().size() == 2);
    command.signal("TERM");
    assertThat(command.awaitExit()).as(command.log()).isEqualTo(0);
    assertThat(command.log()).contains("stopped: TERM: 0 workers drained, 0 cut");
  }

  @Test
  void aRuntimeDirectoryThatCannotBeMadeIsRefused() throws IOException {
    commands.expect("could not use the runtime directory");
    // A directory made read-only would not stop root; a path through a file stops everybody.
    Path file = Files.createFile(commands.directory().resolve("file"));
    assertRefused(
        commands.launch(
            List.of(
                "demo",
                "--listen",
                "127.0.0.1:0",
                "--runtime-dir",
                file.resolve("run").toString())),
        78,
        file.resolve("run").toString(),
        "runtime-dir");
  }
}
