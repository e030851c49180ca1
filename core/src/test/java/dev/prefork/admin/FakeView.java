package dev.prefork.admin;

import dev.prefork.ServerHistory;
import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath;
import dev.prefork.WorkerIdentity;
import dev.prefork.monitor.Timings;
import dev.prefork.scoreboard.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that is only told of. */
final class FakeView implements AdminView {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  Phase phase = Phase.RUNNING;
  Pool pool = new Pool(2, 2, 16, 0);
  SlotLife[] lives = {SlotLife.READY, SlotLife.READY};
  boolean alive = true;
  Map<WorkerDeath.Cause, Long> causes = Map.of();
  List<WorkerDeath> deaths = List.of();
  String address = "127.0.0.1:1978";

  private static final Served SERVED = new Served(7, 6, 700, 800, 1, Duration.ofMillis(90));

  @Override
  public ServerSnapshot snapshot() {
    List<Worker> workers = new ArrayList<>();
    for (int slot = 0; slot < lives.length; slot++) {
      workers.add(
          new Worker(
              new WorkerIdentity(slot, 3, 100 + slot),
              lives[slot],
              Duration.ofSeconds(9),
              Duration.ofMillis(50),
              List.of(),
              SERVED,
              0,
              0,
              0,
              20L << 20,
              0,
              ""));
    }
    return new ServerSnapshot(
        "shop",
        99,
        START.plusSeconds(90),
        START,
        phase,
        pool,
        4,
        List.of(new Listening(address, 5, 16)),
        workers,
        SERVED,
        3,
        1);
  }

  @Override
  public ServerHistory history() {
    return new ServerHistory(
        List.of(
            new Second(START.plusSeconds(1), 2, 0, 0, 1, 1, 0, 2, 0, 65_536, 65_536),
            new Second(START.plusSeconds(2), 2, 0, 5, 10, 9, 0, 0, 0, 65_536, 65_536)));
  }

  @Override
  public List<WorkerDeath> deaths() {
    return deaths;
  }

  @Override
  public Map<WorkerDeath.Cause, Long> deathsByCause() {
    return causes;
  }

  @Override
  public Timings requestTimes() {
    return new Timings(Durations.none().with(1_000_000).with(2_000_000_000), 2_001_000_000);
  }

  @Override
  public Timings startTimes() {
    return Timings.NONE;
  }

  @Override
  public boolean answers(Duration bound) {
    return alive;
  }
}
