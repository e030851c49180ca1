package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** The log on standard error: one line an event, written on the events' own thread. */
final class ConsoleLog implements Consumer<ServerEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PrintStream err;
  private boolean started;
  private String lastStartFailure = "";

  ConsoleLog(PrintStream err) {
    this.err = err;
  }

  @Override
  public void accept(ServerEvent event) {
    switch (event) {
      case ServerEvent.Message(Level level, String text) -> log(level, text);
      case ServerEvent.WorkerOutput(var worker, String line) -> err.println(worker + ": " + line);
      case ServerEvent.WorkerSpawned _ -> {} // its ready line says the rest
      case ServerEvent.WorkerReady(var worker) -> {
        if (started) {
          log(Level.INFO, worker + " ready");
        }
      }
      case ServerEvent.WorkerExited exited -> logExit(exited);
      case ServerEvent.Ready _ ->
          started = true; // the command's ready line stands on standard output
      case ServerEvent.Stopped(ExitStatus status, String cause) ->
          log(status == ExitStatus.OK ? Level.INFO : Level.ERROR, "stopped: " + cause);
      case ServerEvent.Dropped(long count) ->
          log(Level.WARNING, count + " log lines were dropped: this log is read too slowly");
    }
  }

  private void logExit(ServerEvent.WorkerExited exited) {
    if (exited.expected()) {
      return; // the line that asked for it, and the last line, say all
    }
    if (exited.wasReady()) {
      Level level = exited.exitCode() == 0 ? Level.INFO : Level.ERROR;
      log(level, exited.worker() + " " + exited.cause() + "; respawning");
    } else if (!exited.cause().equals(lastStartFailure)) {
      lastStartFailure = exited.cause(); // eight workers say the same: once is enough
      log(Level.ERROR, exited.worker() + " could not start: " + exited.cause());
    }
  }

  private void log(Level level, String text) {
    err.println(TIME.format(Instant.now()) + " " + level + " " + text);
  }
}
