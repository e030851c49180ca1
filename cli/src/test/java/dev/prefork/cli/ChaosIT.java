package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.Load;
import dev.prefork.testing.Processes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Death upon death. */
@Tag("slow")
class ChaosIT {
  private static final int ROUNDS = 200;

  @RegisterExtension final Commands commands = new Commands();

  @Test
  void twoHundredKilledWorkersCostTheirConnectionsAndNothingElse() {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = commands.demo("--workers", "4");
    Random random = new Random(1978);
    try (Load load = Load.start(server.address(), "me\n(a b)", 6)) {
      kill(server, random, 10); // what is loaded and opened once is so by now
      int descriptors = Processes.descriptors(server.pid()).size();
      int threads = Processes.threads(server.pid());
      kill(server, random, ROUNDS);
      load.awaitAnswers(100);
      assertThat(load.count(Outcome.CUT)).isLessThanOrEqualTo(10 + ROUNDS);
      assertThat(load.count(Outcome.REFUSED) + load.count(Outcome.TIMEOUT)).isZero();
      assertThat(Processes.descriptors(server.pid())).hasSize(descriptors);
      assertThat(Processes.threads(server.pid())).isLessThanOrEqualTo(threads + 2);
    }
    assertThat(Processes.children(server.pid())).hasSize(4);
  }

  private static void kill(RunningCommand server, Random random, int rounds) {
    for (int i = 0; i < rounds; i++) {
      List<Long> workers = server.workers();
      long victim = workers.get(random.nextInt(workers.size()));
      Processes.signal("KILL", victim);
      server.awaitLog("pid " + victim + " killed by SIGKILL");
      Await.until("its replacement", () -> readyLines(server) >= killedLines(server));
    }
  }

  private static long readyLines(RunningCommand server) {
    return server.log().lines().filter(line -> line.endsWith(" ready")).count();
  }

  private static long killedLines(RunningCommand server) {
    return server.log().lines().filter(line -> line.contains("killed by SIGKILL")).count();
  }
}
