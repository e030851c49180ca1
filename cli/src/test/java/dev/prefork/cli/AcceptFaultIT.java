package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Await;
import dev.prefork.testing.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An accept(2) that fails, three times in a row: strace(1) puts its answer in the kernel's place.
 */
class AcceptFaultIT {
  private static final int TIMES = 3;

  @RegisterExtension final Commands commands = new Commands();

  /**
   * Under a lock one listener is waited for in accept(2), two in a selector; otherwise in epoll.
   */
  @ParameterizedTest
  @CsvSource({
    "ECONNABORTED, fcntl, 1",
    "ECONNABORTED, fcntl, 2",
    "ECONNABORTED, kernel, 2",
    "EINTR, fcntl, 1",
    "EINTR, fcntl, 2",
    "EINTR, kernel, 2",
    "EMFILE, fcntl, 1",
    "EMFILE, fcntl, 2",
    "EMFILE, kernel, 2"
  })
  void theWorkerLivesAndServes(String errno, String mode, int listeners) {
    commands.expect("could not accept a connection: ", "^strace: ");
    List<String> options = new ArrayList<>(List.of("--workers", "1", "--accept", mode));
    if (listeners == 2) {
      options.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    RunningCommand server = commands.obedient(options.toArray(String[]::new));
    long worker = server.workers().getFirst();
    Path trace = failNextAccepts(worker, errno);

    assertThat(server.addresses()).hasSize(listeners);
    // An accept that had begun before strace came may serve the first.
    Await.until(
        "accepts that failed", () -> servedBy(server) == worker && injected(trace) == TIMES);
    assertThat(servedBy(server)).isEqualTo(worker);
    int told = errno.equals("EMFILE") ? 1 : 0; // the others are everyday
    Await.until("its complaint", () -> complaints(server) == told);
  }

  private static long servedBy(RunningCommand server) {
    return Long.parseLong(Client.ask(server.addresses().getLast(), "pid\n").trim());
  }

  private static long complaints(RunningCommand server) {
    return server.log().lines().filter(line -> line.contains("could not accept a conn")).count();
  }

  /** Returns where the system calls are told. */
  private Path failNextAccepts(long worker, String errno) {
    Path trace = commands.directory().resolve("trace");
    String fault = "inject=accept,accept4:error=" + errno + ":when=1.." + TIMES;
    RunningCommand strace =
        commands.launchLine(
            List.of(
                "strace",
                "-f",
                "-o",
                trace.toString(),
                "-e",
                "trace=accept,accept4",
                "-e",
                fault,
                "-p",
                Long.toString(worker)));
    Await.until("strace", () -> strace.log().contains(" attached") || !strace.isAlive());
    assumeThat(strace.isAlive()).as("this user may trace a process: " + strace.log()).isTrue();
    return trace;
  }

  private static long injected(Path trace) {
    try (var lines = Files.lines(trace)) {
      return lines.filter(line -> line.endsWith("(INJECTED)")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
