package dev.prefork.cli.operate;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.SlotLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A snapshot as lines of text. */
final class StatusText {
  private StatusText() {}

  static List<String> of(ServerSnapshot server) {
    List<String> lines = new ArrayList<>();
    lines.add(title(server));
    lines.add(pool(server));
    for (Listening listener : server.listeners()) {
      lines.add(listener.address() + ": " + queue(listener));
    }
    lines.add(served(server));
    lines.add("");
    lines.addAll(WorkerTable.of(server.workers(), _ -> ""));
    return lines;
  }

  /** What a supervisor that is gone has left. */
  static List<String> leftBehind(ServerSnapshot server, Function<Worker, String> whetherAlive) {
    List<String> lines = new ArrayList<>();
    lines.add(
        name(server)
            + "the scoreboard of supervisor pid "
            + server.pid()
            + ", started "
            + server.started()
            + ", "
            + Texts.many(server.pool().wanted(), "worker")
            + " wanted");
    lines.add(served(server));
    lines.add("");
    lines.addAll(WorkerTable.of(server.workers(), whetherAlive));
    return lines;
  }

  static String title(ServerSnapshot server) {
    return name(server)
        + Texts.word(server.phase())
        + ", supervisor pid "
        + server.pid()
        + ", up "
        + Texts.time(Duration.between(server.started(), server.time()));
  }

  private static String name(ServerSnapshot server) {
    return server.name().isEmpty() ? "" : Texts.printable(server.name()) + ": ";
  }

  static String pool(ServerSnapshot server) {
    Pool pool = server.pool();
    long spares = server.workers().stream().filter(w -> w.life() == SlotLife.SPARE).count();
    return server.accepting()
        + " of "
        + pool.wanted()
        + " workers accept, "
        + Texts.many(server.busy(), "request")
        + " in progress"
        + (spares == 0 ? "" : ", " + Texts.many(spares, "spare") + " ready")
        + " (at least "
        + pool.min()
        + ", at most "
        + pool.max()
        + " workers)";
  }

  static String queue(Listening listener) {
    return listener.queued() < 0
        ? "its queue is not known"
        : listener.queued() + " of at most " + listener.limit() + " connections queued";
  }

  static String served(ServerSnapshot server) {
    Served totals = server.totals();
    return Texts.many(totals.requests(), "request")
        + " served on "
        + Texts.many(totals.connections(), "connection")
        + ", "
        + Texts.many(totals.errors(), "error")
        + "; "
        + Texts.size(totals.bytesIn())
        + " in, "
        + Texts.size(totals.bytesOut())
        + " out; "
        + Texts.many(server.spawned(), "worker")
        + " spawned, "
        + server.deaths()
        + " died";
  }
}
