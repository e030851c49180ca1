package dev.prefork.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ConnectionHandler;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The servers of a test, in the test's own JVM. After each test they are stopped, no worker may be
 * left, and nothing may have been said that the test did not expect.
 */
public final class EmbeddedServers implements AfterEachCallback {
  private final EventLog log = new EventLog();
  private final List<PreforkServer> servers = new ArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();

  /** Starts with none. */
  public EmbeddedServers() {}

  /** A server of two workers on a port of its own. */
  public PreforkServerBuilder builder(Class<? extends ConnectionHandler> handler) {
    return PreforkServer.builder(handler).listen("127.0.0.1:0").workers(2).spares(0).onEvent(log);
  }

  /** A server of two workers that do what they are told. */
  public PreforkServerBuilder builder() {
    return builder(ObedientHandler.class);
  }

  /** Starts it; it is stopped after the test. */
  public PreforkServer start(PreforkServerBuilder builder) {
    PreforkServer server = builder.start();
    servers.add(server);
    return server;
  }

  /** What all servers of this test tell. */
  public EventLog log() {
    return log;
  }

  /** Lets such lines (a part is enough) pass that otherwise fail the test. */
  public EmbeddedServers expect(String... regexes) {
    for (String regex : regexes) {
      expected.add(Pattern.compile(regex));
    }
    return this;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    boolean failed = context.getExecutionException().isPresent();
    try {
      for (PreforkServer server : servers) {
        server.stopNow("end of the test");
        Await.until("the server to stop", () -> ended(server));
      }
      for (ServerEvent.WorkerSpawned spawned : log.all(ServerEvent.WorkerSpawned.class)) {
        long pid = spawned.worker().pid();
        assertThat(Processes.parent(pid))
            .as("pid %s", pid)
            .isNotEqualTo(ProcessHandle.current().pid());
      }
      if (!failed) {
        assertThat(unexpected()).as("lines that the test did not expect").isEmpty();
      }
    } catch (AssertionError e) {
      failed = true;
      throw e;
    } finally {
      if (failed) {
        keep(context.getDisplayName());
      }
    }
  }

  private static boolean ended(PreforkServer server) {
    try {
      return server.await(Await.BOUND) != null;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  private List<String> unexpected() {
    return log.all().stream()
        .filter(EmbeddedServers::isRemarkable)
        .map(ServerEvent::toString)
        .filter(line -> expected.stream().noneMatch(pattern -> pattern.matcher(line).find()))
        .toList();
  }

  private static boolean isRemarkable(ServerEvent event) {
    return switch (event) {
      case ServerEvent.Message(Level level, String _) -> level != Level.INFO;
      case ServerEvent.WorkerExited exited -> !exited.expected();
      case ServerEvent.WorkerOutput _, ServerEvent.RequestLate _, ServerEvent.Dropped _ -> true;
      case ServerEvent.WorkerSpawned _,
          ServerEvent.WorkerReady _,
          ServerEvent.WorkerDied _,
          ServerEvent.Ready _,
          ServerEvent.LogsReopened _,
          ServerEvent.Stopped _ ->
          false;
    };
  }

  private void keep(String test) throws IOException {
    Path directory = Files.createTempDirectory("prefork-it-");
    String events = log.all().stream().map(ServerEvent::toString).collect(Collectors.joining("\n"));
    var _ = Files.writeString(directory.resolve("events.log"), test + "\n" + events + "\n");
    System.err.println(test + ": working directory left at " + directory);
  }
}
