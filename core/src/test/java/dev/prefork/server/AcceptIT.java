package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.AcceptMode;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.testing.Addresses;
import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets the next connection. */
class AcceptIT {
  private static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");

  /** accept and accept4. */
  private static final List<String> ACCEPT = AARCH64 ? List.of("202", "242") : List.of("43", "288");

  /** epoll_wait, and epoll_pwait. */
  private static final List<String> EPOLL_WAIT = AARCH64 ? List.of("22") : List.of("232", "281");

  private static final int SCHED_BATCH = 3; // sched(7)

  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  private static List<Long> pids(PreforkServer server) {
    return server.status().workers().stream().map(WorkerStatus::pid).toList();
  }

  private static long workersIn(PreforkServer server, List<String> calls) {
    return pids(server).stream().filter(pid -> Processes.threadsIn(pid, calls) > 0).count();
  }

  @ParameterizedTest
  @EnumSource(names = {"FCNTL", "FLOCK"})
  void underALockExactlyOneIdleWorkerIsInAccept(AcceptMode mode) {
    assumeThat(Files.isReadable(Path.of("/proc/self/syscall"))).isTrue();
    PreforkServer server = servers.start(servers.builder().workers(4).accept(mode));
    for (int round = 0; round < 20; round++) {
      Await.until("one in accept", () -> workersIn(server, ACCEPT) == 1);
      String pid = Client.ask(Addresses.first(server), "pid\n");
      assertThat(pids(server)).contains(Long.parseLong(pid.trim()));
      assertThat(workersIn(server, ACCEPT)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void withoutALockEveryIdleWorkerWaits() {
    assumeThat(Files.isReadable(Path.of("/proc/self/syscall"))).isTrue();
    PreforkServer server = servers.start(servers.builder().workers(4));
    Await.until("four wait", () -> workersIn(server, EPOLL_WAIT) == 4);
    assertThat(Client.ask(Addresses.first(server), "echo hello\n")).isEqualTo("hello\n");
  }

  /**
   * Woken in turn for one connection each, they would all come cold: a third less a second. Only
   * while all wait is the order theirs: a quick client is served by whoever is back first.
   */
  @Test
  void withoutALockAWorkerServesSeveralConnectionsBeforeTheNextHasItsTurn() {
    assumeThat(Files.isReadable(Path.of("/proc/self/syscall"))).isTrue();
    PreforkServer server = servers.start(servers.builder().workers(4));
    List<String> served = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      Await.until("four wait", () -> workersIn(server, EPOLL_WAIT) == 4);
      served.add(Client.ask(Addresses.first(server), "pid\n").trim());
    }
    long changes =
        IntStream.range(1, served.size())
            .filter(i -> !served.get(i).equals(served.get(i - 1)))
            .count();
    assertThat(served).containsAll(pids(server).stream().map(String::valueOf).toList());
    assertThat(changes).as("%s", served).isLessThan(served.size() / 8);
  }

  /** A few connections are spread by the scheduler's whims: only gross unfairness fails here. */
  @ParameterizedTest
  @EnumSource
  void everyWorkerGetsItsShare(AcceptMode mode) throws Exception {
    assertShares(mode, 4_000, 0.6);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void everyWorkerGetsItsShareOfManyConnections(AcceptMode mode) throws Exception {
    assertShares(mode, 20_000, 0.2);
  }

  private void assertShares(AcceptMode mode, int connections, double tolerance) throws Exception {
    int workers = 8;
    int clients = 16;
    PreforkServer server = servers.start(servers.builder().workers(workers).accept(mode));
    InetSocketAddress address = Addresses.first(server);
    ConcurrentMap<String, Integer> shares = new ConcurrentHashMap<>();
    List<Callable<Void>> loops =
        Collections.nCopies(
            clients,
            () -> {
              for (int i = 0; i < connections / clients; i++) {
                shares.merge(Client.ask(address, "pid\n").trim(), 1, Integer::sum);
              }
              return null;
            });
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int warmUp = 2; warmUp >= 0; warmUp--) { // a worker that is compiled first gets more
        shares.clear();
        for (Future<Void> loop : threads.invokeAll(loops)) {
          loop.get();
        }
      }
    }
    double fair = (double) connections / workers;
    assertThat(shares).hasSize(workers);
    assertThat(shares.values())
        .as("%s", shares)
        .allMatch(share -> Math.abs(share - fair) <= tolerance * fair);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyQueuesBehindASlowConnection(AcceptMode mode) {
    PreforkServer server = servers.start(servers.builder().accept(mode));
    InetSocketAddress address = Addresses.first(server);
    try (Client slow = Client.connect(address).send("wait\n")) {
      String busy = slow.readLine();
      for (int i = 0; i < 8; i++) {
        assertThat(Client.ask(address, "pid\n").trim()).isNotEqualTo(busy);
      }
      assertThat(slow.send("now\n").readAll()).isEqualTo("went on with now\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void trafficOnOneListenerStarvesNoOther(AcceptMode mode) {
    PreforkServer server = servers.start(servers.builder().accept(mode).listen("127.0.0.1:0"));
    InetSocketAddress quiet = Addresses.last(server);
    InetSocketAddress loud = Addresses.first(server);
    for (int i = 0; i < 100; i++) {
      assertThat(Client.ask(loud, "echo loud\n")).isEqualTo("loud\n");
    }
    assertThat(Client.ask(quiet, "echo quiet\n")).isEqualTo("quiet\n");
    assertThat(Client.ask(loud, "echo loud\n")).isEqualTo("loud\n");
  }

  @Test
  void aWorkerWithoutADescriptorLeftLivesAndRecovers() {
    servers.expect("could not accept a connection: ");
    assumeThat(Files.exists(Path.of("/usr/bin/prlimit"))).as("prlimit of util-linux").isTrue();
    PreforkServer server = servers.start(servers.builder().workers(1));
    InetSocketAddress address = Addresses.first(server);
    assertThat(Client.ask(address, "echo before\n")).isEqualTo("before\n");
    long pid = pids(server).getFirst();
    limitDescriptors(pid, "3:4096");
    try (Client client = Client.connect(address).send("pid\n")) {
      Await.until(
          "its complaint", () -> servers.log().output().contains("could not accept a connection"));
      limitDescriptors(pid, "4096:4096");
      assertThat(client.readAll().trim()).isEqualTo(Long.toString(pid));
    }
    assertThat(servers.log().output().lines()).hasSize(1);
  }

  private static void limitDescriptors(long pid, String softAndHard) {
    assertThat(Processes.run(List.of("prlimit", "--pid=" + pid, "--nofile=" + softAndHard)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void connectionsThatAreResetInTheQueueEndNoWorker(AcceptMode mode) {
    PreforkServer server =
        servers.start(
            servers.builder().workers(1).accept(mode).connectionTimeout(Duration.ofSeconds(20)));
    InetSocketAddress address = Addresses.first(server);
    try (Client served = Client.connect(address).send("wait\n")) {
      String pid = served.readLine();
      for (int i = 0; i < 5; i++) {
        Client.connect(address).send("pid\n").reset();
      }
      assertThat(served.send("now\n").readAll()).isEqualTo("went on with now\n");
      assertThat(Client.ask(address, "pid\n").trim()).isEqualTo(pid);
    }
  }

  /** Set after the spawn, the policy missed those threads that a quick JVM had started already. */
  @Test
  void everyThreadOfEveryWorkerRunsInBatches() {
    PreforkServer server = servers.start(servers.builder().workers(8).accept(AcceptMode.KERNEL));
    for (long pid : pids(server)) {
      assertThat(Processes.schedulingPolicies(pid)).containsOnly(SCHED_BATCH);
    }
    assertThat(Processes.schedulingPolicies(ProcessHandle.current().pid()))
        .as("of the supervisor")
        .doesNotContain(SCHED_BATCH);
  }
}
