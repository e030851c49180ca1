package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.ControlGroup;
import dev.prefork.testing.Processes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A kernel that kills for want of memory, or makes no more processes. */
class KernelLimitsIT {
  private static final Pattern NO_PROCESS =
      Pattern.compile(
          "(?m)^(\\S+) ERROR could not spawn a worker for slot 0: could not start .*/java:"
              + " Resource temporarily unavailable \\(posix_spawn: EAGAIN\\)$");

  /** Of the waits after three starts that failed: 100, 200 and 400 ms, each a fifth less. */
  private static final Duration THREE_WAITS = Duration.ofMillis(560);

  @RegisterExtension final Commands commands = new Commands();

  private RunningCommand serveIn(ControlGroup group, String... options) {
    return commands.launch(group.entering(), commands.obedientArguments(options)).awaitReady();
  }

  @Test
  void aWorkerThatTheKernelKillsForWantOfMemoryIsNotTakenForOneThatSomebodyKilled() {
    commands.expect("killed by SIGKILL");
    try (ControlGroup group = ControlGroup.forMemory()) {
      group.limitMemory(320L << 20);
      RunningCommand server = serveIn(group, "--workers", "1", "--worker-heap", "1GiB");
      long victim = server.workers().getFirst();

      assertThat(Client.attempt(server.address(), "hoard\n").outcome()).isEqualTo(Outcome.CUT);
      server.awaitLog("worker 0 gen 1 pid " + victim + " died: out of memory killer after ");
      server.awaitLog("worker 0 gen 1 pid (?!" + victim + " )\\d+ ready");
      assertThat(deaths())
          .contains("\"pid\":" + victim + ",\"cause\":\"out_of_memory_killer\"", "\"signal\":9");

      long killed = server.workers().getFirst();
      Processes.signal("KILL", killed);
      server.awaitLog("worker 0 gen 1 pid " + killed + " died: killed after ");
      assertThat(deaths()).contains("\"pid\":" + killed + ",\"cause\":\"killed\"");
    }
  }

  private String deaths() {
    String directory = commands.directory().resolve("run").toString();
    RunningCommand deaths =
        commands.launch(List.of("deaths", "--json", "--runtime-dir", directory));
    assertThat(deaths.awaitExit()).as(deaths.log()).isZero();
    return deaths.output();
  }

  @Test
  void aWorkerThatCannotBeSpawnedIsTriedAgainAtGrowingIntervals() {
    commands.expect("killed by SIGKILL; respawning", NO_PROCESS.pattern());
    try (ControlGroup group = ControlGroup.forProcesses()) {
      RunningCommand server = serveIn(group, "--workers", "1");
      group.limitProcesses(1);
      Processes.signal("KILL", server.workers().getFirst());
      Await.until("four attempts", () -> attempts(server).size() >= 4);

      List<Instant> attempts = attempts(server);
      assertThat(Duration.between(attempts.get(0), attempts.get(3))).isGreaterThan(THREE_WAITS);
      assertThat(server.workers()).isEmpty();
      group.limitProcesses(10_000);
      server.awaitWorkers(1);
      assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    }
  }

  /** When they failed, by the log's own clock. */
  private static List<Instant> attempts(RunningCommand server) {
    return NO_PROCESS
        .matcher(server.log())
        .results()
        .map(attempt -> Instant.parse(attempt.group(1)))
        .toList();
  }
}
