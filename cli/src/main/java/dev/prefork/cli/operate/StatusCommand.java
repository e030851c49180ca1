package dev.prefork.cli.operate;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.monitor.LeftBehind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code prefork status}. */
final class StatusCommand {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final Invocation invocation;

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  int run() {
    String file = invocation.value(OperatingCommands.OFFLINE);
    if (file != null) {
      return offline(Path.of(file));
    }
    Duration interval = TopCommand.interval(invocation);
    Path directory = new ServerFinder(invocation.base()).find(invocation);
    boolean clear = Display.of(invocation.out(), invocation.env()).terminal();
    try (ControlClient client = ControlClient.connect(directory)) {
      show(client, false);
      while (invocation.has(OperatingCommands.WATCH)) {
        Thread.sleep(interval);
        show(client, clear);
      }
      return ExitStatus.OK.code();
    } catch (JsonException e) {
      throw Requests.foreign(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the main thread", e); // cannot happen
    }
  }

  private void show(ControlClient client, boolean clear) throws JsonException {
    Json.Fields snapshot = client.ask("status").object("snapshot");
    if (invocation.has(OperatingCommands.JSON)) {
      invocation.out().println(Requests.json(snapshot));
    } else {
      invocation.out().print(clear ? CLEAR : "");
      print(StatusText.of(SnapshotReader.snapshot(snapshot)));
    }
    invocation.out().flush();
  }

  private int offline(Path file) {
    try {
      print(StatusText.leftBehind(LeftBehind.read(file), Whereabouts::of));
      return ExitStatus.OK.code();
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file");
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static PreforkException unreadable(Path file, String why) {
    return new PreforkException(
        ExitStatus.UNAVAILABLE, "could not read the scoreboard " + file + ": " + why);
  }

  private void print(List<String> lines) {
    lines.forEach(invocation.out()::println);
  }
}
