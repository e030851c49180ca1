package dev.prefork.monitor;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.scoreboard.Counters;
import dev.prefork.scoreboard.LaneReading;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.ServerReading;
import dev.prefork.scoreboard.SlotReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts together what the supervisor knows, what its workers say, and what the kernel tells. */
final class SnapshotMaker {
  private final MonitorPolicy policy;
  private final Scoreboard scoreboard;
  private final QueueGauge queues;

  SnapshotMaker(MonitorPolicy policy, Scoreboard scoreboard, QueueGauge queues) {
    this.policy = policy;
    this.scoreboard = scoreboard;
    this.queues = queues;
  }

  ServerSnapshot make(ServerStatus status, Instant time, long nowNs) {
    ServerReading server = scoreboard.server();
    List<Worker> workers = new ArrayList<>();
    for (WorkerStatus worker : status.workers()) {
      workers.add(worker(scoreboard, worker, nowNs));
    }
    return new ServerSnapshot(
        policy.name(),
        server.pid(),
        time,
        Instant.ofEpochMilli(server.startedMs()),
        status.phase(),
        policy.pool(status),
        policy.concurrency(),
        queues.read(),
        workers,
        served(scoreboard.counters()),
        status.spawned(),
        status.deaths());
  }

  static Worker worker(Scoreboard scoreboard, WorkerStatus status, long nowNs) {
    var identity = status.identity();
    SlotReading slot = scoreboard.read(status.slot());
    boolean here = status.pid() != 0 && slot.pid() == status.pid();
    if (!here) { // a slot without a worker, or one whose next worker has not been entered yet
      return new Worker(
          identity,
          status.life(),
          Duration.ZERO,
          Duration.ZERO,
          List.of(),
          served(Counters.ZERO),
          0,
          0,
          0,
          0,
          0,
          "");
    }
    return new Worker(
        identity,
        status.life(),
        Duration.ofNanos(nowNs - slot.spawnedNs()),
        Duration.ofNanos(slot.readyNs() == 0 ? 0 : slot.readyNs() - slot.spawnedNs()),
        requests(slot, nowNs),
        served(slot.counters()),
        slot.program().open(),
        slot.program().asking(),
        slot.program().inVain(),
        slot.residentBytes(),
        slot.proportionalBytes(),
        lastError(slot));
  }

  private static List<Request> requests(SlotReading slot, long nowNs) {
    List<Request> requests = new ArrayList<>();
    for (LaneReading lane : slot.lanes()) {
      if (lane.isBusy()) {
        requests.add(lane.request(nowNs));
      }
    }
    return requests;
  }

  private static String lastError(SlotReading slot) {
    for (LaneReading lane : slot.lanes()) {
      if (!lane.lastError().isEmpty()) {
        return lane.lastError();
      }
    }
    return "";
  }

  static Served served(Counters counters) {
    return new Served(
        counters.connections(),
        counters.requests(),
        counters.bytesIn(),
        counters.bytesOut(),
        counters.errors(),
        Duration.ofNanos(counters.busyNs()));
  }
}
