package dev.prefork.cli.operate;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.control.ControlRequest;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.posix.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code prefork top}. */
final class TopCommand {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LEAST = Duration.ofMillis(100);

  private final Invocation invocation;
  private final Duration interval;

  TopCommand(Invocation invocation) {
    this.invocation = invocation;
    this.interval = interval(invocation);
  }

  static Duration interval(Invocation invocation) {
    return Objects.requireNonNullElse(invocation.time(OperatingCommands.INTERVAL, LEAST), INTERVAL);
  }

  int run() {
    Path directory = new ServerFinder(invocation.base()).find(invocation);
    Display display = Display.of(invocation.out(), invocation.env());
    try (ControlClient client = ControlClient.connect(directory)) {
      if (display.terminal()) {
        live(client, display);
      } else {
        Terminal.Size endless = new Terminal.Size(Terminal.USUAL.columns(), Integer.MAX_VALUE);
        look(client, endless).draw(display, endless).forEach(invocation.out()::println);
      }
      return ExitStatus.OK.code();
    } catch (JsonException e) {
      throw Requests.foreign(e);
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE, "could not read keys from the terminal: " + e.getMessage());
    }
  }

  private record View(ServerSnapshot server, ServerHistory history) {
    List<String> draw(Display display, Terminal.Size size) {
      return TopScreen.of(server, history, display, size);
    }
  }

  private static View look(ControlClient client, Terminal.Size size) throws JsonException {
    long seconds = Math.clamp((long) size.columns(), 1, ServerHistory.MAX_SECONDS);
    Json.Fields history = client.ask(history(seconds), _ -> {});
    return new View(
        SnapshotReader.snapshot(client.ask("status").object("snapshot")),
        SnapshotReader.history(history.object("history")));
  }

  private static ControlRequest history(long seconds) {
    Json number = new Json.Figure(Long.toString(seconds));
    return new ControlRequest("history", new Json.Fields(Map.of("seconds", number)));
  }

  private void live(ControlClient client, Display display) throws IOException, JsonException {
    try (FullScreen screen = new FullScreen(invocation.out())) {
      Terminal.Size drawn = new Terminal.Size(0, 0);
      View view = look(client, Display.size());
      long lookedNs = System.nanoTime();
      int key = FullScreen.NO_KEY;
      while (key != 'q' && key != 'Q') {
        Terminal.Size size = Display.size();
        boolean due = System.nanoTime() - lookedNs >= interval.toNanos();
        if (due) {
          view = look(client, size);
          lookedNs = System.nanoTime();
        }
        if (due || !size.equals(drawn)) {
          screen.draw(view.draw(display, size));
          drawn = size;
        }
        key = screen.key();
      }
    }
  }
}
