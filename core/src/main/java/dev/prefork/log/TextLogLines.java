package dev.prefork.log;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.WorkerDeath;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines for people: time, level, text; a worker's own lines with its name before them. */
final class TextLogLines implements LogLines {
  private boolean started;
  private String lastStartFailure = "";

  @Override
  public @Nullable String line(Instant time, ServerEvent event) {
    return switch (event) {
      case ServerEvent.Message(Level level, String text) -> line(time, level, text);
      case ServerEvent.WorkerOutput(var worker, String line) -> worker + ": " + printable(line);
      case ServerEvent.WorkerSpawned _ -> null; // its ready line says the rest
      case ServerEvent.WorkerReady(var worker) ->
          started ? line(time, Level.INFO, worker + " ready") : null;
      case ServerEvent.WorkerExited exited -> exitLine(time, exited);
      case ServerEvent.WorkerDied(WorkerDeath death) ->
          death.expected() ? null : line(time, Level.INFO, certificate(death));
      case ServerEvent.RequestLate(var worker, var _, String text, String dump) ->
          line(time, Level.WARNING, worker + " is late: " + text) + "\n" + indented(dump);
      case ServerEvent.Ready _ -> {
        started = true; // the command's ready line stands on standard output
        yield null;
      }
      case ServerEvent.LogsReopened(String origin) ->
          line(time, Level.INFO, origin + ": reopening the logs");
      case ServerEvent.Stopped(ExitStatus status, String cause) ->
          line(time, status == ExitStatus.OK ? Level.INFO : Level.ERROR, "stopped: " + cause);
      case ServerEvent.Dropped(long count) ->
          line(
              time,
              Level.WARNING,
              count + " log lines were dropped here: this log is read too slowly");
    };
  }

  private static String indented(String text) {
    return text.lines().map(line -> "  " + printable(line)).collect(Collectors.joining("\n"));
  }

  private static String certificate(WorkerDeath death) {
    StringBuilder text = new StringBuilder(death.worker() + " died: ");
    text.append(death.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(" after ").append(death.age().toSeconds()).append(" s, ");
    text.append(death.requests()).append(" requests, ");
    text.append(death.residentBytes() >> 20).append(" MiB");
    death.serving().forEach(request -> text.append("; served ").append(printable(request)));
    if (!death.crashFile().isEmpty()) {
      text.append("; crashed in ").append(printable(death.problematicFrame()));
      text.append(", see ").append(death.crashFile());
    }
    return text.toString();
  }

  private @Nullable String exitLine(Instant time, ServerEvent.WorkerExited exited) {
    if (exited.expected()) {
      return null; // the line that asked for it, and the last line, say all
    }
    if (exited.wasReady()) {
      Level level = exited.exitCode() == 0 ? Level.INFO : Level.ERROR;
      return line(time, level, exited.worker() + " " + exited.cause() + "; respawning");
    }
    if (exited.cause().equals(lastStartFailure)) {
      return null; // eight workers say the same: once is enough
    }
    lastStartFailure = exited.cause();
    return line(time, Level.ERROR, exited.worker() + " could not start: " + exited.cause());
  }

  private static String line(Instant time, Level level, String text) {
    return TIME.format(time) + " " + level + " " + printable(text);
  }

  /**
   * Writes control characters as {@code \\u001b}, but for the tab: junk that a worker prints stays
   * one line, and works no terminal.
   */
  private static String printable(String text) {
    if (text.chars().noneMatch(TextLogLines::isControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean isControl(int c) {
    return (Character.isISOControl(c) && c != '\t') || c == 0x2028 || c == 0x2029;
  }
}
