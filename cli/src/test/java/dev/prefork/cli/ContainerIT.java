package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Processes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The supervisor as process 1 of a pid namespace, as in a container without an init. */
class ContainerIT {
  private static final List<String> UNSHARE =
      List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");

  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand server;

  @BeforeEach
  void start() {
    assumeThat(Processes.succeeds("unshare", "--pid", "--fork", "--mount-proc", "true"))
        .as("this user may make a pid namespace")
        .isTrue();
    server = commands.launch(UNSHARE, commands.obedientArguments("--workers", "2")).awaitReady();
  }

  /** unshare itself ignores INT. */
  @AfterEach
  void stop() {
    if (server != null) {
      Processes.signal("INT", Processes.children(server.pid()));
      var _ = server.awaitExit();
    }
  }

  /** Process 1 as we see it: unshare's only child. */
  private long supervisor() {
    return Processes.children(server.pid()).getFirst();
  }

  @Test
  void termStopsProcessOneWithExitCodeZero() {
    assertThat(server.announcedPid()).isEqualTo(1);
    Processes.signal("TERM", supervisor());
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }

  @Test
  void orphansAreReapedAndMistakenForNobody() {
    // sh leaves its child behind; the child ends at once, or after its new parent has taken it.
    assertThat(server.ask("child sh -c sleep${IFS}0.2&\n").trim()).isNotEmpty();
    server.awaitLog("INFO reaped untracked child process \\d+: exited with 0");
    Await.until("no zombie", () -> Processes.children(supervisor()).size() == 2);
    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    assertThat(server.log()).doesNotContain("respawning");
  }

  @Test
  void aKilledWorkerOfProcessOneIsAWorkersDeath() {
    commands.expect("killed by SIGKILL; respawning");
    long victim = Processes.workers(supervisor()).getFirst();
    Processes.signal("KILL", victim);
    server.awaitLog("worker \\d gen 1 pid \\d+ killed by SIGKILL; respawning");
    server.awaitLog("worker \\d gen 1 pid \\d+ ready");
    assertThat(server.log()).doesNotContain("untracked");
  }
}
