package dev.prefork.monitor;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.ServerReading;
import dev.prefork.scoreboard.SlotReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A scoreboard without its supervisor: what a server was doing when nobody answers for it. */
public final class LeftBehind {
  private LeftBehind() {}

  /**
   * Reads a scoreboard file. What only the supervisor knows is left at its zero; the times are up
   * to now, for a worker may still be at it.
   *
   * @throws IOException if the file can't be read or is no scoreboard of this version
   */
  public static ServerSnapshot read(Path file) throws IOException {
    Scoreboard scoreboard = Scoreboard.open(file.toString(), false);
    ServerReading server = scoreboard.server();
    long nowNs = System.nanoTime();
    List<Worker> workers = new ArrayList<>();
    for (int slot = 0; slot < scoreboard.slotsInUse(); slot++) {
      SlotReading reading = scoreboard.read(slot);
      if (reading.life() != SlotLife.EMPTY) {
        var status = new WorkerStatus(slot, reading.generation(), reading.pid(), reading.life());
        workers.add(SnapshotMaker.worker(scoreboard, status, nowNs));
      }
    }
    Path directory = file.toAbsolutePath().getParent();
    return new ServerSnapshot(
        directory == null ? "" : directory.getFileName().toString(),
        server.pid(),
        Instant.now(),
        Instant.ofEpochMilli(server.startedMs()),
        Phase.STOPPED,
        new Pool(server.wanted(), server.wanted(), server.wanted(), 0),
        scoreboard.lanes(),
        List.of(),
        workers,
        SnapshotMaker.served(scoreboard.counters()),
        0,
        0);
  }
}
