package dev.prefork.cli;

import dev.prefork.ServerEvent;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The log: a line for each event, written on the events' own thread. */
final class ServerLog implements Consumer<ServerEvent> {
  private final LogLines lines;
  private final LogOutput output;
  private final InstantSource clock;

  ServerLog(LogLines lines, LogOutput output, InstantSource clock) {
    this.lines = lines;
    this.output = output;
    this.clock = clock;
  }

  /** Writes an event; the signals' threads have something to say too. */
  @Override
  public synchronized void accept(ServerEvent event) {
    if (event instanceof ServerEvent.LogsReopened) {
      output.reopen();
    }
    String line = lines.line(clock.instant(), event);
    if (line != null) {
      output.write(line);
    }
  }
}
