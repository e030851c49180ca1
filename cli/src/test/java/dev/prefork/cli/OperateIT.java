package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands for a running server, each against one. */
class OperateIT {
  @RegisterExtension final Commands commands = new Commands();

  private Path runtime() {
    return commands.directory().resolve("run");
  }

  /** Runs a command to its end, for the server of this test. */
  private RunningCommand operate(int exit, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--runtime-dir", runtime().toString()));
    RunningCommand command = commands.launch(arguments);
    assertThat(command.awaitExit())
        .as(String.join(" ", words) + ": " + command.output() + command.log())
        .isEqualTo(exit);
    return command;
  }

  @Test
  void statusShowsWhatEveryWorkerServes() {
    RunningCommand server = commands.obedient("--workers", "2");
    try (Client client = Client.connect(server.address()).send("wait\n")) {
      String pid = client.readLine();
      String text = operate(0, "status").output();
      assertThat(text)
          .contains("run: running, supervisor pid " + server.pid())
          .contains("2 of 2 workers accept, 1 request in progress")
          .containsPattern(" " + pid + "  ready .* 127\\.0\\.0\\.1:\\d+ since ");
      assertThat(operate(0, "status", "--json").output().lines())
          .singleElement()
          .asString()
          .startsWith("{\"version\":1,\"name\":\"run\"")
          .contains("\"pid\":" + pid + ",\"life\":\"ready\"", "\"busy\":1,");
      client.send("go\n").readAll();
    }
  }

  @Test
  void topPrintsOnceWhereThereIsNoTerminal() {
    RunningCommand server = commands.obedient("--workers", "2");
    assertThat(operate(0, "top").output())
        .contains("run: running, supervisor pid " + server.pid(), "requests/s", "SLOT")
        .doesNotContain("\u001b");
  }

  @Test
  void scaleWaitsUntilThePoolHasThatMany() {
    RunningCommand server = commands.obedient("--workers", "2");
    assertThat(operate(0, "scale", "4").output())
        .matches("2 -> 4 workers, all ready in [\\d.]+m?s\n");
    assertThat(server.workers().size()).isGreaterThanOrEqualTo(4);
    assertThat(operate(0, "scale", "+1").output()).startsWith("4 -> 5 workers, all ready in ");
    assertThat(operate(0, "scale", "-3").output()).startsWith("5 -> 2 workers, 3 retired in ");
    assertThat(operate(0, "scale", "3", "--json").output())
        .startsWith("{\"version\":1,\"type\":\"result\",\"exit\":0,\"text\":\"2 -> 3 workers")
        .contains("\"before\":2,\"wanted\":3,\"ready\":3,");
    server.awaitLog("control socket \\(.+\\): 3 workers wanted");
  }

  @Test
  void scaleRefusesWhatItCannotDo() {
    commands.expect("^prefork: ");
    var _ = commands.obedient("--workers", "2", "--max-workers", "4");
    assertThat(operate(64, "scale", "5").log()).contains("workers must be 0 to 4, not 5");
    assertThat(operate(64, "scale", "+3").log()).contains("must be 0 to 4, not 5");
    assertThat(operate(64, "scale", "-3").log()).contains("must be 0 to 4, not -1");
    assertThat(operate(64, "scale", "many").log()).contains("a number like 12, +2 or -2");
    assertThat(operate(64, "scale").log()).contains("WORKERS");
  }

  @Test
  void whatIsNotDoneInTimeIsSaid() {
    commands.expect("^prefork: ");
    RunningCommand server = commands.obedient("--workers", "2");
    try (Client one = Client.connect(server.address()).send("wait\n");
        Client two = Client.connect(server.address()).send("wait\n")) {
      String first = one.readLine();
      String second = two.readLine();
      assertThat(operate(75, "scale", "1", "--timeout", "300ms").log())
          .contains("2 -> 1 workers: 1 ready after 300ms; worker ")
          .containsPattern("pid (" + first + "|" + second + ") is draining");
      one.send("go\n").readAll();
      two.send("go\n").readAll();
    }
  }

  @Test
  void retireReplacesOneWorker() {
    commands.expect("^prefork: retire|^prefork: slot 77");
    RunningCommand server = commands.obedient("--workers", "2");
    long old = server.workers().getFirst();
    String status = operate(0, "status").output();
    String slot =
        status.lines().filter(line -> line.contains(" " + old + " ")).findFirst().orElseThrow();
    String said = operate(0, "retire", slot.trim().split(" ", 2)[0]).output();
    assertThat(said).containsPattern("worker \\d gen 1 pid " + old + " retired").contains(" in ");
    Await.until("its end", () -> !Processes.exists(old));
    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    assertThat(operate(64, "retire", "77").log()).contains("slot 77 holds no worker; these do: ");
  }

  @Test
  void dumpPrintsTheThreadsOfOneWorkerOrOfAll() {
    RunningCommand server = commands.obedient("--workers", "2");
    String all = operate(0, "dump").output();
    for (long worker : server.workers()) {
      assertThat(all).containsPattern("worker \\d gen 1 pid " + worker + ":\n");
    }
    assertThat(all).contains("Full thread dump", "dev.prefork.accept.AcceptLoop", "thread dumps");
    assertThat(server.log()).doesNotContain("Full thread dump");
  }

  @Test
  void deathsTellHowAWorkerEnded() {
    commands.expect("killed by SIGKILL");
    RunningCommand server = commands.obedient("--workers", "2");
    assertThat(operate(0, "deaths").output()).isEqualTo("no worker has ended\n");
    long victim = server.workers().getFirst();
    Processes.signal("KILL", victim);
    Await.until("its end", () -> !server.workers().contains(victim));
    assertThat(operate(0, "deaths").output())
        .containsPattern("Z worker \\d gen 1 pid " + victim + ": killed by SIGKILL.* \\(killed, ");
    assertThat(operate(0, "deaths", "--json").output())
        .startsWith("[{\"time\":")
        .contains("\"pid\":" + victim + ",\"cause\":\"killed\"");
  }

  @Test
  void eventsAndLogs() {
    RunningCommand server = commands.obedient("--workers", "2");
    assertThat(operate(0, "events").output()).contains(" INFO 2 workers ready");
    assertThat(operate(0, "reopen-logs").output()).startsWith("the logs are reopened");
    RunningCommand follower =
        commands.launch(List.of("events", "--follow", "--json", "--runtime-dir", "" + runtime()));
    Await.until(
        "an event that it has heard",
        () -> {
          var _ = operate(0, "reopen-logs");
          return follower.output().contains("\"event\":\"logs_reopened\"");
        });
    var _ = operate(0, "stop");
    assertThat(follower.awaitExit()).isZero();
    assertThat(follower.output()).contains("\"event\":\"stopped\"");
    assertThat(server.awaitExit()).isZero();
  }

  @Test
  void stopWaitsForTheEndAndTellsWhatBecameOfTheWorkers() {
    RunningCommand server = commands.obedient("--workers", "2");
    RunningCommand stop;
    try (Client client = Client.connect(server.address()).send("wait\n")) {
      client.readLine();
      stop = commands.launch(List.of("stop", "--runtime-dir", "" + runtime()));
      server.awaitLog("stopping, draining");
      assertThat(stop.isAlive()).isTrue();
      assertThat(client.send("go\n").readAll()).isEqualTo("went on with go\n");
    }
    assertThat(stop.awaitExit()).as(stop.log()).isZero();
    assertThat(stop.output()).startsWith("stopped in ").contains(" workers drained, 0 cut");
    assertThat(server.awaitExit()).isZero();
    assertThat(Files.exists(runtime().resolve("control.sock"))).isFalse();
  }

  @Test
  void theNextServerCanStartAsSoonAsStopHasReturned() {
    for (int i = 0; i < 3; i++) {
      RunningCommand server = commands.obedient("--workers", "1");
      var _ = operate(0, "stop", "--now");
      RunningCommand next = commands.obedient("--workers", "1");
      assertThat(next.ask("echo hello\n")).isEqualTo("hello\n");
      var _ = operate(0, "stop");
      assertThat(next.awaitExit()).isZero();
      assertThat(server.awaitExit()).isZero();
    }
  }
}
