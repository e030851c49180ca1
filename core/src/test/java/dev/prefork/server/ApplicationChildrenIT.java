package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.testing.Await;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two who wait for children in one JVM: java.lang.Process and the supervisor. */
class ApplicationChildrenIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  @Test
  void neitherTakesTheExitCodesOfTheOther() throws Exception {
    int deaths = 100;
    servers.expect("cause=killed by SIGKILL");
    PreforkServer server = servers.start(servers.builder().workers(8));
    List<Process> children = new ArrayList<>();
    Set<Long> killed = new HashSet<>();
    for (int code = 0; code < 100; code++) {
      children.add(new ProcessBuilder("sh", "-c", "sleep 0.1; exit " + code).start());
      if (killed.size() < deaths && code >= killed.size()) {
        killed.add(killOne(server, killed));
      }
    }
    while (killed.size() < deaths) {
      killed.add(killOne(server, killed));
    }
    for (int code = 0; code < 100; code++) {
      assertThat(children.get(code).waitFor()).isEqualTo(code);
    }
    Await.until("all deaths", () -> server.status().deaths() == deaths);
    Await.until("all back", () -> server.status().ready() == 8);
    Await.until("all events", () -> unexpectedExits().size() == deaths);
    assertThat(unexpectedExits())
        .allMatch(exit -> exit.cause().equals("killed by SIGKILL") && exit.exitCode() == -1)
        .extracting(exit -> exit.worker().pid())
        .containsExactlyInAnyOrderElementsOf(killed);
  }

  private static long killOne(PreforkServer server, Set<Long> killed) {
    List<Long> ready = new ArrayList<>();
    Await.until(
        "a worker to kill",
        () -> {
          server.status().workers().stream()
              .filter(worker -> worker.life() == SlotLife.READY)
              .map(worker -> worker.pid())
              .filter(pid -> !killed.contains(pid))
              .forEach(ready::add);
          return !ready.isEmpty();
        });
    Processes.signal("KILL", ready.getFirst());
    return ready.getFirst();
  }

  private List<ServerEvent.WorkerExited> unexpectedExits() {
    return servers.log().all(ServerEvent.WorkerExited.class).stream()
        .filter(exit -> !exit.expected())
        .toList();
  }
}
