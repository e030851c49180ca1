package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code prefork top} on a pseudo-terminal that python3 makes. */
class TopIT {
  /**
   * Runs a command on a terminal, does what the file {@code keys} says (resize, TERM, or a
   * character to type), copies what is shown, and tells at the end whether the terminal's modes are
   * as they were.
   */
  private static final String PTY =
      """
      import fcntl, os, pty, select, signal, struct, subprocess, sys, termios
      master, slave = pty.openpty()
      def window(rows, columns):
          fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
      window(24, 80)
      before = termios.tcgetattr(slave)
      def lead():
          os.setsid()
          fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
      child = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=slave, preexec_fn=lead)
      done = 0
      ended = False
      while True:
          if select.select([master], [], [], 0.02)[0]:
              os.write(1, os.read(master, 65536))
          elif ended:
              break
          else:
              ended = child.poll() is not None
          lines = open("keys").read().split()
          for line in lines[done:]:
              if line == "resize":
                  window(40, 120)
              elif line == "TERM":
                  child.send_signal(signal.SIGTERM)
              else:
                  os.write(master, bytes([int(line)]))
          done = len(lines)
      same = termios.tcgetattr(slave) == before
      print("\\nexit", child.wait(), "modes", "as before" if same else "spoilt", flush=True)
      """;

  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand top(String... env) throws IOException {
    assumeThat(Processes.succeeds("python3", "-c", "import pty"))
        .as("python3 is there to make a pseudo-terminal")
        .isTrue();
    press("");
    Path program = Files.writeString(commands.directory().resolve("top.py"), PTY);
    List<String> line = new ArrayList<>(List.of("env"));
    line.addAll(List.of(env));
    line.addAll(List.of("LC_ALL=C.UTF-8", "python3", program.toString()));
    line.addAll(
        Commands.javaCommand(
            List.of("top", "--runtime-dir", commands.directory().resolve("run").toString())));
    return commands.launchLine(line);
  }

  private void press(String keys) throws IOException {
    var _ = Files.writeString(commands.directory().resolve("keys"), keys);
  }

  private static void awaitShown(RunningCommand top, String text) {
    Await.until(text + " on the screen", () -> top.output().contains(text) || !top.isAlive());
    assertThat(top.output()).contains(text);
  }

  private static void assertEnded(RunningCommand top, int exit) {
    assertThat(top.awaitExit()).as(top.output() + top.log()).isZero();
    assertThat(top.output()).contains(LEAVE).endsWith("exit " + exit + " modes as before\n");
  }

  @Test
  void showsTheServerLiveUntilQIsPressed() throws IOException {
    RunningCommand server = commands.obedient("--workers", "2");
    RunningCommand top = top("TERM=xterm");
    awaitShown(top, "SLOT");
    assertThat(top.output()).contains("\u001b[?1049h", "\u001b[1mrun: running");
    try (Client client = Client.connect(server.address()).send("wait\n")) {
      client.readLine();
      awaitShown(top, "1 request in progress");
      awaitShown(top, "127.0.0.1:");
      client.send("go\n").readAll();
    }
    press("" + (int) 'q');
    assertEnded(top, 0);
  }

  @Test
  void aResizedWindowIsFilledAnew() throws IOException {
    var _ = commands.obedient("--workers", "2");
    RunningCommand top = top("TERM=xterm");
    awaitShown(top, "SLOT");
    String wide = "SERVING" + " ".repeat(40);
    assertThat(top.output()).doesNotContain(wide);
    press("resize\n");
    awaitShown(top, wide);
    press("resize\n" + (int) 'q');
    assertEnded(top, 0);
  }

  @Test
  void ctrlCAndTermGiveTheTerminalBack() throws IOException {
    var _ = commands.obedient("--workers", "1");
    RunningCommand interrupted = top("TERM=xterm");
    awaitShown(interrupted, "SLOT");
    press("3");
    assertEnded(interrupted, 130);

    RunningCommand termed = top("TERM=xterm");
    awaitShown(termed, "SLOT");
    press("TERM");
    assertEnded(termed, 143);
  }

  @Test
  void theEndOfTheServerGivesTheTerminalBack() throws IOException {
    commands.expect("^prefork: (the server of .* has ended|no server runs)");
    RunningCommand server = commands.obedient("--workers", "1");
    RunningCommand top = top("TERM=xterm");
    awaitShown(top, "SLOT");
    server.signal("INT");
    assertEnded(top, 69);
  }

  @Test
  void coloursAreLeftOutIfNobodyWantsThem() throws IOException {
    var _ = commands.obedient("--workers", "1");
    RunningCommand top = top("TERM=xterm", "NO_COLOR=1");
    awaitShown(top, "SLOT");
    press("" + (int) 'q');
    assertEnded(top, 0);
    assertThat(top.output()).doesNotContainPattern("\u001b\\[\\d+m");
  }

  @Test
  void aDumbTerminalGetsPlainTextOnce() throws IOException {
    var _ = commands.obedient("--workers", "1");
    RunningCommand top = top("TERM=dumb");
    assertThat(top.awaitExit()).as(top.log()).isZero();
    assertThat(top.output()).contains("SLOT").doesNotContain("\u001b");
  }
}
