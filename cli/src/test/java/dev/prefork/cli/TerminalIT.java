package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command on a terminal: a pseudo-terminal that python3 makes and this test types on. */
class TerminalIT {
  /**
   * Runs a command as the leader of a terminal's session, does what the file {@code keys} says
   * (resize, or a character to type), copies what the terminal shows to standard output, and exits
   * with the command's code.
   */
  private static final String PTY =
      """
      import fcntl, os, pty, select, struct, sys, termios
      pid, master = pty.fork()
      if pid == 0:
          os.execvp(sys.argv[1], sys.argv[1:])
      print("child", pid, file=sys.stderr, flush=True)
      done = 0
      while True:
          if select.select([master], [], [], 0.02)[0]:
              try:
                  shown = os.read(master, 4096)
              except OSError:
                  break
              if not shown:
                  break
              os.write(1, shown)
          lines = open("keys").read().split()
          for line in lines[done:]:
              if line == "resize":
                  fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
              else:
                  os.write(master, bytes([int(line)]))
              print("did", line, file=sys.stderr, flush=True)
          done = len(lines)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """;

  private static final int CTRL_C = 3;

  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand start() throws IOException {
    assumeThat(Processes.succeeds("python3", "-c", "import pty"))
        .as("python3 is there to make a pseudo-terminal")
        .isTrue();
    commands.expect("^child \\d+$", "^did ");
    var _ = Files.writeString(keys(), "");
    Path program = Files.writeString(commands.directory().resolve("terminal.py"), PTY);
    List<String> line = new ArrayList<>(List.of("python3", program.toString()));
    line.addAll(Commands.javaCommand(commands.arguments("demo", "--workers", "2")));
    return commands.launchLine(line).awaitReady();
  }

  private Path keys() {
    return commands.directory().resolve("keys");
  }

  private void press(String keys) throws IOException {
    var _ = Files.writeString(keys(), keys);
  }

  private static long supervisor(RunningCommand terminal) {
    return Processes.children(terminal.pid()).getFirst();
  }

  @Test
  void ctrlCStopsTheServerAtOnce() throws IOException {
    RunningCommand terminal = start();
    press(CTRL_C + "\n");
    assertThat(terminal.awaitExit()).as(terminal.output()).isZero();
    assertThat(terminal.output()).contains("INFO stopped: INT: ");
    assertThat(commands.processes()).isEmpty();
  }

  @Test
  void aResizedWindowChangesNothing() throws IOException {
    RunningCommand terminal = start();
    List<Long> workers = Processes.workers(supervisor(terminal));
    assertThat(workers).hasSize(2);
    press("resize\n");
    terminal.awaitLog("did resize");
    Processes.signal("WINCH", supervisor(terminal));
    Processes.signal("TTOU", supervisor(terminal));
    for (int i = 0; i < 4; i++) {
      assertThat(Client.ask(terminal.address(), "me\n1 ")).startsWith("Hello me");
    }
    assertThat(Processes.workers(supervisor(terminal))).isEqualTo(workers);
    press("resize\n" + CTRL_C + "\n");
    assertThat(terminal.awaitExit()).isZero();
    assertThat(terminal.output()).doesNotContain("workers wanted");
  }

  @Test
  void theTerminalReachesNoWorker() throws IOException {
    RunningCommand terminal = start();
    List<Long> workers = Processes.workers(supervisor(terminal));
    for (long worker : workers) {
      assertThat(Processes.group(worker)).isEqualTo(worker);
    }
    assertThat(Processes.terminal(supervisor(terminal))).isNotZero();
    Processes.signal("TTIN", workers);
    Processes.signal("TTOU", workers);
    for (int i = 0; i < 4; i++) {
      assertThat(Client.ask(terminal.address(), "me\n1 ")).startsWith("Hello me");
    }
    assertThat(Processes.workers(supervisor(terminal))).isEqualTo(workers);
    press(CTRL_C + "\n");
    assertThat(terminal.awaitExit()).isZero();
  }
}
