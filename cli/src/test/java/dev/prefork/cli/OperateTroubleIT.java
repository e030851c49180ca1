package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands when something is wrong with the server, or with who asks. */
class OperateTroubleIT {
  @RegisterExtension final Commands commands = new Commands();

  private String runtime() {
    return commands.directory().resolve("run").toString();
  }

  private RunningCommand operate(int exit, String... arguments) {
    RunningCommand command = commands.launch(List.of(arguments));
    assertThat(command.awaitExit())
        .as(String.join(" ", arguments) + ": " + command.output() + command.log())
        .isEqualTo(exit);
    return command;
  }

  @Test
  void answersWhileAllWorkersAreStopped() {
    commands.expect("^prefork: ", "killed by SIGKILL", " ERROR ");
    RunningCommand server = commands.obedient("--workers", "2", "--stop-timeout", "1s");
    List<Long> workers = server.workers();
    Processes.signal("STOP", workers);
    try {
      assertThat(operate(0, "status", "--runtime-dir", runtime()).output())
          .contains("2 of 2 workers accept");
      assertThat(operate(75, "dump", "--runtime-dir", runtime()).log())
          .contains("the process is stopped: continue it with kill -CONT");
      String slot = operate(0, "status", "--runtime-dir", runtime()).output();
      assertThat(slot).contains("ready");
      assertThat(operate(0, "scale", "+1", "--runtime-dir", runtime()).output())
          .startsWith("2 -> 3 workers, all ready in ");
      assertThat(operate(0, "stop", "--runtime-dir", runtime()).output()).contains(" cut");
    } finally {
      Processes.signal("CONT", workers);
    }
    assertThat(server.awaitExit()).isZero();
  }

  @Test
  void answersWhileNoWorkerLives() {
    RunningCommand server = commands.obedient("--workers", "2");
    assertThat(operate(0, "scale", "0", "--runtime-dir", runtime()).output())
        .startsWith("2 -> 0 workers, 2 retired in ");
    assertThat(server.workers()).isEmpty();
    assertThat(operate(0, "status", "--runtime-dir", runtime()).output())
        .contains("0 of 0 workers accept, 0 requests in progress");
    assertThat(operate(0, "dump", "--runtime-dir", runtime()).output())
        .contains("0 of 0 thread dumps");
    assertThat(operate(0, "scale", "1", "--runtime-dir", runtime()).output())
        .startsWith("0 -> 1 workers, all ready in ");
  }

  @Test
  void withoutAServerItSaysSo() {
    commands.expect("^prefork: no server");
    assertThat(operate(69, "status", "--runtime-dir", runtime()).log())
        .contains("no server runs in " + runtime());
  }

  @Test
  void findsTheOnlyServerAndAsksWhichIfThereAreTwo() throws IOException {
    commands.expect("^prefork: (no server of yours|2 servers run)");
    Path base = Files.createDirectory(commands.directory().resolve("xdg"));
    List<String> env = List.of("env", "XDG_RUNTIME_DIR=" + base);
    RunningCommand none = commands.launch(env, List.of("status"));
    assertThat(none.awaitExit()).isEqualTo(69);
    assertThat(none.log()).contains("no server of yours runs (looked in " + base + "/prefork)");

    RunningCommand one = named(env, "one");
    RunningCommand only = commands.launch(env, List.of("status"));
    assertThat(only.awaitExit()).as(only.log()).isZero();
    assertThat(only.output()).startsWith("one: running, supervisor pid " + one.announcedPid());

    RunningCommand two = named(env, "two");
    RunningCommand both = commands.launch(env, List.of("status"));
    assertThat(both.awaitExit()).isEqualTo(64);
    assertThat(both.log())
        .contains("2 servers run: one (pid " + one.announcedPid())
        .contains("two (pid " + two.announcedPid())
        .contains("--name");

    RunningCommand stop = commands.launch(env, List.of("stop", "--name", "two"));
    assertThat(stop.awaitExit()).as(stop.log()).isZero();
    assertThat(two.awaitExit()).isZero();
    assertThat(one.isAlive()).isTrue();
  }

  private RunningCommand named(List<String> env, String name) {
    return commands
        .launch(env, List.of("demo", "--listen", "127.0.0.1:0", "--workers", "1", "--name", name))
        .awaitReady();
  }

  @Test
  void theScoreboardOfAKilledSupervisorIsReadOffline() {
    commands.expect("^prefork: no server runs");
    RunningCommand server = commands.obedient("--workers", "2");
    try (Client client = Client.connect(server.address()).send("wait\n")) {
      String serving = client.readLine();
      List<Long> idle =
          server.workers().stream().filter(pid -> pid != Long.parseLong(serving)).toList();
      server.signal("KILL");
      var _ = server.awaitExit();
      Await.until("the end of the idle", () -> idle.stream().noneMatch(Processes::exists));
      String scoreboard = runtime() + "/scoreboard";
      assertThat(operate(69, "status", "--runtime-dir", runtime()).log())
          .contains("prefork status --offline " + scoreboard);
      String text = operate(0, "status", "--offline", scoreboard).output();
      assertThat(text)
          .contains("the scoreboard of supervisor pid " + server.pid())
          .containsPattern(" " + serving + "  .*127\\.0\\.0\\.1:\\d+ since .*\\[alive]");
      idle.forEach(pid -> assertThat(text).containsPattern(" " + pid + "  .*\\[gone]"));
      assertThat(client.send("go\n").readAll()).isEqualTo("went on with go\n");
    }
    Await.until("the last worker's end", () -> commands.processes().isEmpty());
    assertThat(commands.obedient("--workers", "1").ask("echo hello\n")).isEqualTo("hello\n");
    assertThat(operate(0, "status", "--runtime-dir", runtime()).output()).contains("running");
  }

  @Test
  void aSupervisorThatIsStoppedIsNotWaitedForForEver() {
    commands.expect("^prefork: the server of .* says nothing", "the supervisor did not run for");
    RunningCommand server = commands.obedient("--workers", "1");
    server.signal("STOP");
    assertThat(operate(75, "status", "--runtime-dir", runtime()).log())
        .contains("it is stopped or hung", "--offline " + runtime() + "/scoreboard");
    server.signal("CONT");
    assertThat(operate(0, "status", "--runtime-dir", runtime()).output()).contains("running");
  }

  @Test
  void anotherUserIsRefusedWhateverTheDirectoryAllows() throws IOException {
    assumeThat(Processes.run(List.of("id", "-u")).trim()).as("this test is root").isEqualTo("0");
    RunningCommand server = commands.obedient("--workers", "1");
    Path socket = Path.of(runtime(), "control.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    for (Path path : List.of(commands.directory(), Path.of(runtime()), socket)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    String script =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        try:
            s.sendall(b'{"version":1,"command":"stop"}\\n')
        except BrokenPipeError:
            pass  # refused before it has asked
        print(s.makefile().readline())
        """;
    String said =
        Processes.run(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "/usr/bin/python3",
                "-c",
                script,
                socket.toString()));
    assertThat(said).contains("\"type\":\"error\"", "the server belongs to another user than");
    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
  }

  @Test
  void aPathTooLongForASocketIsRefusedAtTheStart() {
    commands.expect("could not make the control socket");
    String deep = commands.directory().resolve("d".repeat(120)).toString();
    RunningCommand server = operate(78, "demo", "--listen", "127.0.0.1:0", "--runtime-dir", deep);
    assertThat(server.log())
        .contains("a socket's may have 106", "choose another directory with runtime-dir");
  }
}
