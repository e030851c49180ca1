package dev.prefork.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prefork.cli.Commands;
import dev.prefork.cli.RunningCommand;
import dev.prefork.programs.Client.Answer;
import dev.prefork.programs.Load.Count;
import dev.prefork.testing.Await;
import dev.prefork.testing.Ports;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Four statements that hold for every program, proved on one server of several workers: all of them
 * serve; replacing them one after the other under load loses nothing; the kill of one loses what it
 * held and no more; TERM answers what is being served.
 */
abstract class ProgramContract {
  private static final int CLIENTS = 16;
  private static final int SLOW_CLIENTS = 4;

  /** How many, at least, are asked while all workers are replaced. */
  private static final int REQUESTS = Integer.getInteger("programs.requests", 5000);

  /** Requests under which the killed worker's successor comes, and serves. */
  private static final int AFTER_KILL = 500;

  /** Longer than a request waits for a processor. */
  private static final Duration LOOP = Duration.ofSeconds(4);

  /** For large programs on a busy machine. */
  static final Duration START = Duration.ofMinutes(2);

  /** What the programs print; the supervisor's own lines begin with a time. */
  private static final String OUTPUT_OF_WORKERS =
      "^worker \\d+ gen \\d+ pid \\d+: |^worker output: ";

  @RegisterExtension final Commands commands = new Commands();

  private final int port = Ports.free();

  /** The program, its files in a folder of this test. */
  abstract ServerProgram program();

  /** One that speaks what the program speaks. */
  Client client() throws IOException {
    return new HttpConnection(address());
  }

  /** Where the program serves. */
  final InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** How many workers it has. */
  int workers() {
    return 4;
  }

  /** What Prefork is told besides. */
  List<String> options() {
    return List.of();
  }

  /** Waits until the server has no other children than its workers. */
  void awaitWorkersAlone(RunningCommand server) {}

  /** Checks what else holds for a worker that has replaced another. */
  void checkLaterWorker(long pid) {}

  /** Prefork and the program, not ready yet. */
  RunningCommand launch(ServerProgram program, String... options) {
    commands.expect(OUTPUT_OF_WORKERS);
    List<String> arguments = commands.arguments("run", options);
    arguments.set(arguments.indexOf("127.0.0.1:0"), "127.0.0.1:" + port);
    arguments.addAll(List.of("--start-timeout", START.toSeconds() + "s"));
    arguments.addAll(options());
    program.words(port).forEach(arguments::add);
    return commands.launch(arguments);
  }

  @Test
  void isServedByAllAndReplacedAndKilledAndDrained() {
    RunningCommand server =
        launch(program(), "--workers", Integer.toString(workers())).awaitReady(START);
    awaitWorkersAlone(server);
    allWorkersServe(server);
    replacingThemAllLosesNothing(server);
    workers(server).forEach(this::checkLaterWorker);
    killingOneLosesWhatItHeld(server);
    termAnswersWhatIsServed(server);
  }

  /** Whether a loop can be made, and found: the thread that reads a request serves it too. */
  boolean findsLoops() {
    return true;
  }

  @Test
  @Tag("slow")
  void aLoopEndsItsWorkerAlone() throws IOException {
    assumeTrue(findsLoops());
    RunningCommand server =
        launch(
                program(),
                "--workers",
                "2",
                "--spares",
                "0",
                "--request-timeout",
                LOOP.toSeconds() + "s")
            .awaitReady(START);
    List<Long> before = workers(server);
    String late = "is killed: request \"thread .+\" of 127.0.0.1:\\d+ takes ";
    commands.expect(late, "respawning");
    CompletableFuture<Answer> loops =
        CompletableFuture.supplyAsync(() -> ask("/loop"), Thread::startVirtualThread);
    Load load = Load.start(this::client, "/", 1);
    try (load) {
      server.awaitLog(late);
      load.awaitMore(AFTER_KILL);
    }
    assertThat(loops).isCompletedExceptionally();
    Await.until("another one", START, () -> workers(server).size() == 2);
    assertThat(workers(server)).as("one of them is new").containsAnyElementsOf(before);
  }

  private List<Long> workers(RunningCommand server) {
    return Processes.children(server.pid());
  }

  private void allWorkersServe(RunningCommand server) {
    List<Long> workers = workers(server);
    assertThat(workers).hasSize(workers());
    Set<Long> served = new HashSet<>();
    Load load = Load.start(this::client, "/", CLIENTS);
    try (load) {
      Await.until(
          "every worker to have accepted",
          () -> {
            // A look at the sockets misses connections that last a millisecond; answers tell.
            Set<String> answered = load.bodies();
            workers.stream()
                .filter(pid -> answered.contains(pid.toString()) || held(pid) > 0)
                .forEach(served::add);
            return served.containsAll(workers);
          });
    }
    assertNothingLost(load.count());
  }

  private long held(long pid) {
    return Processes.accepted(port, pid);
  }

  private void replacingThemAllLosesNothing(RunningCommand server) {
    List<Long> before = workers(server);
    Load load = Load.start(this::client, "/", CLIENTS);
    try (load) {
      for (int slot = 0; slot < workers(); slot++) {
        retire(slot);
      }
      load.awaitRequests(REQUESTS);
    }
    assertThat(Collections.disjoint(workers(server), before)).as("all are new").isTrue();
    assertNothingLost(load.count());
    report("replaced", load.count());
  }

  private void retire(int slot) {
    String runtime = commands.directory().resolve("run").toString();
    String bound = START.toSeconds() + "s";
    RunningCommand retire =
        commands.launch(List.of("retire", "" + slot, "--runtime-dir", runtime, "--timeout", bound));
    assertThat(retire.awaitExit(START)).as(retire.log()).isZero();
  }

  private static void assertNothingLost(Count count) {
    assertThat(count.failures()).as(count.toString()).isEmpty();
  }

  private void report(String what, Count count) {
    System.out.printf(
        "%s, %s: %d requests, %d failed, %d idle closes%n",
        getClass().getSimpleName(), what, count.sent(), count.failed(), count.idleCloses());
  }

  /** Stopped first, so that what it holds can be counted. */
  private void killingOneLosesWhatItHeld(RunningCommand server) {
    commands.expect("killed by SIGKILL; respawning");
    Load load = Load.start(this::client, "/", CLIENTS);
    try (load) {
      long victim =
          workers(server).stream().max(Comparator.comparingLong(this::held)).orElseThrow();
      Processes.signal("STOP", victim);
      Await.until("it to be stopped", () -> Processes.state(victim) == 'T');
      long held = held(victim);
      Processes.signal("KILL", victim);
      Await.until("its end", () -> !workers(server).contains(victim));
      load.awaitMore(AFTER_KILL);
      assertThat(load.count().lost()).as(load.count().toString()).isLessThanOrEqualTo((int) held);
      report("killed with " + held + " connections", load.count());
    }
    Await.until("another one", START, () -> workers(server).size() == workers());
  }

  private void termAnswersWhatIsServed(RunningCommand server) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < SLOW_CLIENTS; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> ask("/1500"), Thread::startVirtualThread));
    }
    Await.until("the requests to be accepted", () -> Processes.accepted(port) == SLOW_CLIENTS);
    server.signal("TERM");
    for (CompletableFuture<Answer> answer : answers) {
      assertThat(answer.join().status()).isEqualTo(200);
    }
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains(" workers drained, 0 cut");
  }

  private Answer ask(String path) {
    try (Client client = client()) {
      return client.get(path, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
