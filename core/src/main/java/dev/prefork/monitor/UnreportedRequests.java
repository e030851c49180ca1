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
 * Finds that limits on requests find no requests: of a program that serves and tells nothing of it
 * only threads that loop are seen, and who relies on more would learn that on the day it is needed.
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
    List<Option<?>> onTime = new ArrayList<>();
    limits.requestTimeout().ifPresent(limit -> onTime.add(Options.REQUEST_TIMEOUT));
    limits.slowAfter().ifPresent(limit -> onTime.add(Options.SLOW_AFTER));
    List<String> without = new ArrayList<>();
    if (!onTime.isEmpty()) {
      String names = String.join(" and ", onTime.stream().map(Option::name).toList());
      without.add("of " + names + " for requests that wait, as only threads that loop are found");
    }
    limits.maxRequests().ifPresent(limit -> without.add("of " + Options.MAX_REQUESTS.name()));
    this.without = String.join("; ", without);
    this.over = without.isEmpty();
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
          "the program tells Prefork of no requests, so nothing comes "
              + without
              + ": let it report them (docs/PROGRAMS.md), or bound it by heartbeat-timeout, max-age"
              + " and max-memory");
    }
    over |= silent || reports;
  }
}
