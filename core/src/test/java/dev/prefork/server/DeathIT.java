package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.OddHandlers;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workers that really die, and what their certificates say. */
class DeathIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();
  @TempDir private Path folder;

  private PreforkServerBuilder builder() {
    return servers.builder().workers(1).runtimeDirectory(folder);
  }

  private WorkerDeath death() {
    return servers.log().await(ServerEvent.WorkerDied.class, _ -> true).death();
  }

  private static InetSocketAddress address(PreforkServer server) {
    return Addresses.first(server);
  }

  private static long pid(PreforkServer server) {
    return Long.parseLong(Client.ask(address(server), "pid\n").trim());
  }

  @Test
  void aStoppedWorkerIsStopped() {
    PreforkServer server = servers.start(builder());
    server.close();
    assertThat(death().cause()).isEqualTo(Cause.STOPPED);
    assertThat(death().expected()).isTrue();
  }

  @Test
  void aWorkerThatSomebodyElseTermsHasLeft() {
    servers.expect("WorkerExited");
    PreforkServer server = servers.start(builder());
    Processes.signal("TERM", pid(server));
    assertThat(death().cause()).isEqualTo(Cause.LEFT);
  }

  @Test
  void aKilledWorkerWasServingSomebody() throws IOException {
    servers.expect("killed by SIGKILL");
    PreforkServer server = servers.start(builder());
    long pid = pid(server);
    try (Client client = Client.connect(address(server))) {
      client.send("sleep 60000\n");
      Await.until("the request", () -> serves(server, "sleep 60000"));
      Processes.signal("KILL", pid);
      WorkerDeath death = death();
      assertThat(death.cause()).isEqualTo(Cause.KILLED);
      assertThat(death.signal()).isEqualTo(9);
      assertThat(death.requests()).isEqualTo(1);
      assertThat(death.serving()).hasSize(1).first().asString().startsWith("sleep 60000 of 127.0");
      assertThat(Files.readString(folder.resolve("deaths.jsonl")))
          .contains("\"cause\":\"killed\"", "\"pid\":" + pid, "sleep 60000");
    }
  }

  @Test
  void aFullHeapIsTold() {
    servers.expect("OutOfMemoryError", "ran out of heap");
    PreforkServer server = servers.start(builder());
    Client.attempt(address(server), "hoard\n");
    assertThat(death().cause()).isEqualTo(Cause.OUT_OF_HEAP);
  }

  @Test
  void anExitIsTold() {
    servers.expect("exited with 5");
    PreforkServer server = servers.start(builder());
    Client.attempt(address(server), "exit 5\n");
    assertThat(death().cause()).isEqualTo(Cause.EXITED);
    assertThat(death().exitCode()).isEqualTo(5);
  }

  @Test
  void aNativeCrashNamesItsReportAndItsFrame() {
    servers.expect(".*");
    PreforkServer server = servers.start(builder());
    long pid = pid(server);
    Processes.signal("SEGV", pid);
    WorkerDeath death = death();
    assertThat(death.cause()).isEqualTo(Cause.CRASHED);
    assertThat(death.crashFile()).isEqualTo(folder + "/crash/hs_err_" + pid + ".log");
    assertThat(death.problematicFrame()).isNotEmpty();
    assertThat(Path.of(death.crashFile())).exists();
  }

  @Test
  void aRequestThatLoopsForEverIsTooLateAndItsThreadsAreKept() {
    servers.expect("RequestLate", "is killed", "WorkerExited", "late on prefork-accept-0");
    PreforkServer server =
        servers.start(
            builder().slowAfter(Duration.ofMillis(500)).requestTimeout(Duration.ofSeconds(3)));
    Client.attempt(address(server), "loop\n");

    ServerEvent.RequestLate late = servers.log().await(ServerEvent.RequestLate.class, _ -> true);
    assertThat(late.text()).startsWith("request \"loop\" of 127.0.0.1:");
    assertThat(late.threadDump()).contains("ObedientHandler.loopForEver");
    WorkerDeath death = death();
    assertThat(death.cause()).isEqualTo(Cause.REQUEST_TIMEOUT);
    assertThat(death.threadDump()).contains("ObedientHandler.loopForEver");
    assertThat(servers.log().output()).contains("late on prefork-accept-0");
    Await.until("its replacement", () -> server.status().ready() == 1);
  }

  @Test
  void aWorkerThatIsStoppedHasNoThreadsToShowAndIsKilledAllTheSame() {
    servers.expect("RequestLate", "is killed", "WorkerExited");
    PreforkServer server =
        servers.start(
            builder().slowAfter(Duration.ofMillis(500)).requestTimeout(Duration.ofSeconds(2)));
    long pid = pid(server);
    try (Client client = Client.connect(address(server))) {
      client.send("sleep 60000\n");
      Await.until("the request", () -> serves(server, "sleep 60000"));
      Processes.signal("STOP", pid);
      assertThat(servers.log().await(ServerEvent.RequestLate.class, _ -> true).threadDump())
          .startsWith("(no thread dump: ");
      assertThat(death().cause()).isEqualTo(Cause.REQUEST_TIMEOUT);
    }
  }

  @Test
  void aRequestThatWasGivenMoreTimeIsNotKilled() {
    PreforkServer server = servers.start(builder().requestTimeout(Duration.ofMillis(500)));
    long pid = pid(server);
    assertThat(Client.ask(address(server), "extend 2000\n").trim()).isEqualTo(Long.toString(pid));
    assertThat(server.status().deaths()).isZero();
  }

  @Test
  void aStartThatFailsSaysWhy() {
    servers.expect(".*");
    PreforkServer server =
        servers.builder(OddHandlers.Failing.class).workers(1).runtimeDirectory(folder).launch();
    try (server) {
      assertThat(death().cause()).isEqualTo(Cause.START_FAILED);
      assertThat(death().text()).contains("the database is down");
    }
  }

  @Test
  void aStartThatHangsIsKilled() {
    servers.expect(".*");
    PreforkServer server =
        servers
            .builder(OddHandlers.Stuck.class)
            .workers(1)
            .startTimeout(Duration.ofSeconds(1))
            .runtimeDirectory(folder)
            .launch();
    try (server) {
      assertThat(death().cause()).isEqualTo(Cause.START_TIMEOUT);
    }
  }

  @Test
  void aWorkerThatDoesNotFinishIsCut() {
    PreforkServer server = servers.start(builder().stopTimeout(Duration.ofMillis(300)));
    try (Client client = Client.connect(address(server))) {
      client.send("sleep 60000\n");
      Await.until("the request", () -> serves(server, "sleep 60000"));
      server.close();
      assertThat(death().cause()).isIn(Cause.STOP_TIMEOUT, Cause.STOPPED);
    }
  }

  @Test
  void anApplicationThatWantsAnotherWorkerGetsOneFirst() {
    PreforkServer server = servers.start(builder());
    long pid = pid(server);
    assertThat(Client.ask(address(server), "recycle it is poisoned\n").trim())
        .isEqualTo(Long.toString(pid));
    WorkerDeath death = death();
    assertThat(death.cause()).isEqualTo(Cause.RECYCLED);
    assertThat(death.text()).isEqualTo("it is poisoned");
    assertThat(server.status().ready()).isEqualTo(1);
    assertThat(pid(server)).isNotEqualTo(pid);
  }

  @Test
  void aWorkerThatHasServedEnoughIsReplaced() {
    PreforkServer server = servers.start(builder().maxRequests(5).spares(1));
    Await.until("the spare", () -> spares(server) == 1); // without it the worker serves on
    Await.until(
        "a recycled worker",
        () -> {
          Client.ask(address(server), "pid\n");
          return server.deathsByCause().getOrDefault(Cause.RECYCLED, 0L) > 0;
        });
    assertThat(server.deaths().getFirst().requests()).isBetween(5L, 20L);
    assertThat(server.deathsByCause()).containsOnlyKeys(Cause.RECYCLED);
  }

  @Test
  void aSpareTakesOverAndASpareComesAfter() {
    servers.expect("killed by SIGKILL");
    PreforkServer server = servers.start(builder().spares(1));
    Await.until("the spare", () -> spares(server) == 1);
    Processes.signal("KILL", pid(server));
    Await.until("the next spare", () -> server.status().deaths() == 1 && spares(server) == 1);
    assertThat(server.status().ready()).isEqualTo(1);
  }

  private static boolean serves(PreforkServer server, String label) {
    return server.snapshot().workers().stream()
        .flatMap(worker -> worker.requests().stream())
        .anyMatch(request -> request.label().equals(label));
  }

  private static long spares(PreforkServer server) {
    return server.status().workers().stream()
        .filter(worker -> worker.life() == SlotLife.SPARE)
        .count();
  }
}
