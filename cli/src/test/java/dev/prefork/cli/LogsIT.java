package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.NamedPipe;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log and the access log of a real server. */
class LogsIT {
  @RegisterExtension final Commands commands = new Commands();

  private Path file(String name) {
    return commands.directory().resolve(name);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server whose standard error is a pipe with an end of it in this test's hand. */
  private RunningCommand serverLoggingTo(Path pipe) {
    List<String> line =
        new ArrayList<>(List.of("setsid", "sh", "-c", "exec \"$@\" 2>\"$0\"", pipe.toString()));
    line.addAll(Commands.javaCommand(commands.obedientArguments("--workers", "2")));
    return commands.launchLine(line).awaitReady();
  }

  @Test
  void aStuckLogReaderStopsNeitherReapingNorServingAndIsToldWhatItMissed() throws IOException {
    try (NamedPipe pipe = new NamedPipe(file("stderr"))) {
      RunningCommand server = serverLoggingTo(file("stderr"));
      assertThat(server.ask("print 80000\n")).isEmpty(); // 8 MB; a worker that waited would hang
      long victim = server.workers().getFirst();
      Processes.signal("KILL", victim);
      Await.until(
          "a replacement",
          () -> server.workers().size() == 2 && !server.workers().contains(victim));
      assertThat(server.ask("echo still here\n")).isEqualTo("still here\n");

      pipe.read();
      Await.until("the count", () -> pipe.received().contains("log lines were dropped here"));
      Await.until("the death", () -> pipe.received().contains("pid " + victim + " killed by"));
      server.signal("TERM");
      assertThat(server.awaitExit()).isZero();
      String received = pipe.received();
      assertThat(received.substring(0, received.lastIndexOf('\n')).lines().toList())
          .allMatch(line -> line.matches("worker \\d gen 1 pid \\d+: p{99}|\\S+Z \\w+ .*"));
    }
  }

  @Test
  void aStopIsNotHeldUpByAStuckLogReader() throws IOException {
    try (NamedPipe pipe = new NamedPipe(file("stderr"))) {
      RunningCommand server = serverLoggingTo(file("stderr"));
      assertThat(server.ask("print 20000\n")).isEmpty();
      server.signal("TERM");
      assertThat(server.awaitExit()).isZero();
      assertThat(pipe.received()).isEmpty();
    }
  }

  @Test
  void noLineIsLostWhenTheFilesAreRenamedUnderLoad() throws IOException {
    Path access = file("access.log");
    Path log = file("server.log");
    RunningCommand server =
        commands.demo(
            "--workers", "4", "--access-log", access.toString(), "--log-file", log.toString());
    Load load = Load.start(server.address(), "me\n1 ", 8);
    try (load) {
      for (int turn = 1; turn <= 5; turn++) {
        load.awaitAnswers(100);
        Path oldAccess = Files.move(access, file("access.log." + turn));
        Path oldLog = Files.move(log, file("server.log." + turn));
        server.signal("USR1");
        Await.until("the new files", () -> !holds(server, oldAccess) && !holds(server, oldLog));
      }
    }
    assertThat(load.count(Outcome.CUT) + load.count(Outcome.REFUSED)).isZero();
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();

    List<String> accessLines =
        Stream.of("", ".1", ".2", ".3", ".4", ".5")
            .flatMap(turn -> lines(file("access.log" + turn)).stream())
            .toList();
    assertThat(accessLines)
        .hasSize(load.count(Outcome.ANSWERED))
        .allMatch(line ->
            line.matches(
                "\\S+Z 127\\.0\\.0\\.1:\\d+ - 5 \\d+ \\d+\\.\\d{3} ok worker \\d gen 1 pid \\d+"));
    assertThat(lines(access)).isNotEmpty();
    assertThat(lines(file("server.log.5"))).hasSize(1).first().asString().contains("USR1: reopen");
    assertThat(lines(log)).hasSize(3).last().asString().contains("stopped: TERM");
    assertThat(server.log()).isEmpty();
  }

  /** Whether the supervisor or one of its workers has the file open. */
  private static boolean holds(RunningCommand server, Path file) {
    return Stream.concat(Stream.of(server.pid()), server.workers().stream())
        .anyMatch(pid -> Processes.descriptors(pid).containsValue(file.toString()));
  }

  @Test
  void aDrainingWorkerReopensItsLogToo() throws IOException {
    Path access = file("access.log");
    RunningCommand server = commands.obedient("--workers", "1", "--access-log", access.toString());
    try (Client client = Client.connect(server.address())) {
      client.send("wait\n");
      String worker = client.readLine();
      server.signal("TTOU");
      server.awaitLog("TTOU: 0 workers wanted");
      Path old = Files.move(access, file("access.log.1"));
      server.signal("USR1");
      Await.until("the new file", () -> Files.exists(access) && !holds(server, old));
      client.send("go\n");
      assertThat(client.readAll()).isEqualTo("went on with go\n");
      server.awaitWorkers(0);
      assertThat(lines(old)).isEmpty();
      assertThat(lines(access)).hasSize(1).first().asString().endsWith("pid " + worker);
    }
  }

  @Test
  void anImmediateStopWritesWhatWasGathered() {
    Path access = file("access.log");
    RunningCommand server = commands.obedient("--workers", "1", "--access-log", access.toString());
    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    server.signal("INT");
    server.awaitExit();

    assertThat(lines(access)).hasSize(1).first().asString().contains(" - 11 6 ");
  }

  @Test
  void whatTheApplicationCallsAConnectionStandsInItsLine() {
    Path access = file("access.log");
    RunningCommand server = commands.obedient("--workers", "1", "--access-log", access.toString());
    assertThat(server.ask("sleep 1\n")).matches("\\d+\n");
    server.signal("TERM");
    server.awaitExit();

    assertThat(lines(access)).hasSize(1).first().asString().contains(" \"sleep 1\" 8 ");
  }

  @Test
  void aLateRequestStandsInTheSlowLogWithinASecondAndItsThreadsBelowIt() throws IOException {
    commands.expect("late on prefork-accept-0");
    Path slow = file("slow.log");
    RunningCommand server =
        commands.obedient("--workers", "2", "--slow-after", "500ms", "--slow-log", slow.toString());
    try (Client first = Client.connect(server.address())) {
      Instant sent = Instant.now();
      first.send("loop\n");
      awaitLateLoop(slow);
      String entry = lines(slow).getFirst();
      assertThat(entry)
          .matches(
              "\\S+Z WARNING worker \\d gen 1 pid \\d+ is late: request \"loop\" of"
                  + " 127\\.0\\.0\\.1:\\d+ takes \\d\\.\\d s, the limit is 500ms");
      Instant told = Instant.parse(entry.substring(0, entry.indexOf(' ')));
      assertThat(Duration.between(sent, told)).isLessThan(Duration.ofMillis(500 + 1_000));

      Path old = Files.move(slow, file("slow.log.1"));
      server.signal("USR1");
      Await.until("the new file", () -> Files.exists(slow) && !holds(server, old));
      try (Client second = Client.connect(server.address())) {
        second.send("loop\n");
        awaitLateLoop(slow);
      }
      assertThat(lines(old)).filteredOn(line -> line.contains(" is late: ")).hasSize(1);
      assertThat(server.log()).doesNotContain("is late");
    }
  }

  private static void awaitLateLoop(Path slow) {
    Await.until(
        "the looping method",
        () -> lines(slow).stream().anyMatch(line -> line.contains("ObedientHandler.loopForEver")));
  }

  @Test
  void aJvmThatShowsNoThreadsHasAnEntryThatSaysSo() {
    commands.expect("^\\{\"time\"", "late on prefork-accept-0");
    Path slow = file("slow.log");
    RunningCommand server =
        commands.obedient(
            "--workers",
            "1",
            "--log-format",
            "json",
            "--slow-after",
            "2s",
            "--slow-log",
            slow.toString());
    try (Client client = Client.connect(server.address())) {
      long worker = Long.parseLong(client.send("hang\n").readLine());
      Processes.signal("STOP", worker);
      Await.until("the entry", () -> !lines(slow).isEmpty());
      assertThat(lines(slow).getFirst())
          .contains("\"event\":\"request_late\"", "\"pid\":" + worker, "\"running_s\":2.")
          .contains("\"thread_dump\":\"(no thread dump: the process is stopped: ");
      Processes.signal("CONT", worker);
    }
  }

  @Test
  void theAccessLogOnStandardOutputHasNothingBeforeItsLines() {
    RunningCommand server = commands.demo("--workers", "2", "--access-log", "-");
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
    server.signal("USR1"); // leaves standard output alone
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();

    assertThat(server.output().lines())
        .hasSize(3)
        .filteredOn(line -> line.matches("\\S+Z 127\\S+ - 5 .* ok worker \\d gen 1 pid \\d+"))
        .hasSize(2);
  }

  @Test
  void bothLogsCanBeJson() {
    commands.expect("^\\{\"time\"");
    RunningCommand server =
        commands.obedient("--workers", "1", "--log-format", "json", "--access-log", "-");
    assertThat(server.ask("print 1\n")).isEmpty();
    server.signal("TERM");
    assertThat(server.awaitExit()).isZero();

    String identity = "\"slot\":0,\"generation\":1,\"pid\":\\d+";
    assertThat(server.output().lines().skip(1).toList())
        .hasSize(1)
        .first()
        .asString()
        .matches(
            "\\{\"time\":\"\\S+Z\",\"peer\":\"127.0.0.1:\\d+\",\"label\":\"\",\"bytes_in\":8,"
                + "\"bytes_out\":0,\"duration_ms\":\\d+\\.\\d{3},\"outcome\":\"ok\","
                + identity
                + "}");
    assertThat(server.log().lines())
        .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("}"))
        .anyMatch(line -> line.contains("\"event\":\"worker_ready\""))
        .anyMatch(line ->
            line.matches(".*\"event\":\"worker_output\",\"text\":\"p{99}\"," + identity + "}"))
        .last()
        .asString()
        .contains("\"event\":\"stopped\"");
  }

  @Test
  void withoutAnAccessLogAWorkerLoadsNothingOfIt() {
    Path loaded = file("loaded");
    RunningCommand server =
        commands.demo("--workers", "1", "--worker-jvm-option", "-Xlog:class+load:file=" + loaded);
    assertThat(server.ask("me\n1 ")).startsWith("Hello me");

    assertThat(lines(loaded))
        .anyMatch(line -> line.contains("dev.prefork.accept.AcceptLoop "))
        .noneMatch(line -> line.contains("dev.prefork.accept.Access"))
        .noneMatch(line -> line.contains("dev.prefork.json."))
        .noneMatch(line -> line.contains("dev.prefork.posix.AppendedFile"));
  }
}
