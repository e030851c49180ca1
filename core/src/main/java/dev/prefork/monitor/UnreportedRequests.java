package dev.prefork.monitor;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.SlotReading;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds that limits on requests find no requests: a program that serves and tells nothing of it
 * goes on without them, and who relies on them would learn that on the day they are needed.
 */
final class UnreportedRequests {
  /** Fewer may have been opened in advance, or be for a health check that is not told. */
  private static final long ENOUGH_CONNECTIONS = 50;

  private final Scoreboard scoreboard;
  private final Consequences consequences;
  private final String without;
  private boolean over;

  UnreportedRequests(Scoreboard scoreboard, Limits limits, Consequences consequences) {
    this.scoreboard = scoreboard;
    this.consequences = consequences;
    List<Option<?>> given = new ArrayList<>();
    limits.requestTimeout().ifPresent(limit -> given.add(Options.REQUEST_TIMEOUT));
    limits.slowAfter().ifPresent(limit -> given.add(Options.SLOW_AFTER));
    limits.maxRequests().ifPresent(limit -> given.add(Options.MAX_REQUESTS));
    this.without = String.join(", ", given.stream().map(Option::name).toList());
    this.over = given.isEmpty();
  }

  /** To be called once a second; says so once. */
  void look(ServerStatus status) {
    if (over) {
      return;
    }
    for (WorkerStatus worker : status.workers()) {
      SlotReading reading = scoreboard.read(worker.slot());
      if (worker.life() == SlotLife.READY && reading.program().heartbeatNs() != 0) {
        look(reading);
      }
    }
  }

  private void look(SlotReading reading) {
    boolean reports = reading.counters().requests() > 0 || reading.busy() > 0;
    boolean silent = reading.program().accepted() >= ENOUGH_CONNECTIONS;
    if (!over && silent && !reports) {
      consequences.unreported(
          "the program tells Prefork of no requests, so nothing comes of "
              + without
              + ": let it report them (docs/PROGRAMS.md), or bound it by heartbeat-timeout, max-age"
              + " and max-memory");
    }
    over |= silent || reports;
  }
}
