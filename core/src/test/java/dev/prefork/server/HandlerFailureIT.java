package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.Client.Outcome;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers that fail: what it costs, and what is told. */
class HandlerFailureIT {
  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  private ServerEvent.WorkerExited exitAfter(String command) {
    PreforkServer server = servers.start(servers.builder());
    InetSocketAddress address = Addresses.first(server);
    assertThat(Client.attempt(address, command).outcome()).isEqualTo(Outcome.CUT);
    ServerEvent.WorkerExited exited =
        servers.log().await(ServerEvent.WorkerExited.class, event -> !event.expected());
    Await.until("its replacement", () -> server.status().ready() == 2);
    assertThat(Client.ask(address, "echo on\n")).isEqualTo("on\n");
    assertThat(server.status().deaths()).isEqualTo(1);
    return exited;
  }

  @Test
  void aWorkerThatRunsOutOfHeapIsReplacedAlone() {
    servers.expect("ran out of heap", "OutOfMemoryError");
    ServerEvent.WorkerExited exited = exitAfter("hoard\n");
    assertThat(exited.cause()).contains("ran out of heap (exit 3)");
    assertThat(exited.exitCode()).isEqualTo(3);
  }

  @Test
  void aHandlerThatExitsCostsOneWorker() {
    servers.expect("exited with 5");
    assertThat(exitAfter("exit 5\n").cause()).isEqualTo("exited with 5");
  }

  @Test
  void whatAHandlerThrowsLeavesTheWorkerAliveAndIsLoggedUnderItsName() {
    servers.expect("the handler failed on a connection from /127", "\\tat ", "StackOverflowError");
    servers.expect("IllegalStateException: on purpose");
    PreforkServer server = servers.start(servers.builder().workers(1));
    InetSocketAddress address = Addresses.first(server);
    String pid = Client.ask(address, "pid\n");
    assertThat(Client.attempt(address, "throw on purpose\n").outcome()).isEqualTo(Outcome.CUT);
    assertThat(Client.attempt(address, "overflow\n").outcome()).isEqualTo(Outcome.CUT);
    assertThat(Client.ask(address, "pid\n")).isEqualTo(pid);
    Await.until(
        "both stack traces",
        () ->
            servers.log().output().contains("StackOverflowError")
                && servers.log().output().contains("IllegalStateException: on purpose"));
    assertThat(servers.log().output())
        .contains("worker 0 gen 1 pid " + pid.trim() + ": java.lang.IllegalStateException")
        .contains("ObedientHandler.handle");
    assertThat(server.status().deaths()).isZero();
  }

  @Test
  void aClientThatNeverReadsDoesNotHoldAWorker() {
    PreforkServer server =
        servers.start(servers.builder().workers(1).connectionTimeout(Duration.ofSeconds(1)));
    InetSocketAddress address = Addresses.first(server);
    String pid = Client.ask(address, "pid\n");
    try (Client mute = Client.connectNarrow(address)) {
      mute.send("flood\n");
      assertThat(Client.ask(address, "pid\n")).isEqualTo(pid);
      assertThat(Processes.accepted(address.getPort())).isZero();
    }
  }

  @Test
  void aChildOfTheHandlerHoldsNoDescriptorOfTheServer() {
    PreforkServer server = servers.start(servers.builder().workers(1));
    long child = Long.parseLong(Client.ask(Addresses.first(server), "child sleep 600\n").trim());
    try {
      assertThat(Processes.descriptors(child).keySet()).isSubsetOf(List.of(0, 1, 2));
    } finally {
      Processes.signal("KILL", child);
    }
  }

  @Test
  void whatALargeRequestMadeTheHeapTakeIsGivenBack() {
    PreforkServer server = servers.start(servers.builder().workers(1));
    InetSocketAddress address = Addresses.first(server);
    long before = heap(address, "heap\n");
    long after = heap(address, "burst 300000\n");
    assertThat(after).isGreaterThan(before + (8 << 20));
    Await.until("the heap to shrink", () -> heap(address, "heap\n") < before + (4 << 20));
  }

  private static long heap(InetSocketAddress address, String command) {
    return Long.parseLong(Client.ask(address, command).trim());
  }
}
