package dev.prefork.cli;

import dev.prefork.ServerEvent;
import dev.prefork.log.LogLines;
import dev.prefork.log.LogOutput;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The log: a line for each event, written on the events' own thread. */
final class ServerLog implements Consumer<ServerEvent> {
  private final LogLines lines;
  private final LogOutput output;
  private final InstantSource clock;
  private final boolean tellsLate;

  /**
   * Prepares it.
   *
   * @param tellsLate whether late requests stand here; with a slow log they don't
   */
  ServerLog(LogLines lines, LogOutput output, InstantSource clock, boolean tellsLate) {
    this.lines = lines;
    this.output = output;
    this.clock = clock;
    this.tellsLate = tellsLate;
  }

  /** Writes an event; the signals' threads have something to say too. */
  @Override
  public synchronized void accept(ServerEvent event) {
    if (event instanceof ServerEvent.LogsReopened) {
      output.reopen();
    }
    boolean told = tellsLate || !(event instanceof ServerEvent.RequestLate);
    String line = told ? lines.line(clock.instant(), event) : null;
    if (line != null) {
      output.write(line);
    }
  }
}
