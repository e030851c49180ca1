package dev.prefork.cli.operate;

import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Servers that never were. */
final class Snapshots {
  static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.006Z");

  private Snapshots() {}

  static Worker worker(int slot, SlotLife life, Request... requests) {
    return new Worker(
        new WorkerIdentity(slot, 2, 4711 + slot),
        life,
        Duration.ofSeconds(200),
        Duration.ofMillis(75),
        List.of(requests),
        new Served(12_345, 12_345, 5 << 20, 7 << 20, 3, Duration.ofMillis(4_500)),
        0,
        0,
        0,
        41 << 20,
        0,
        "");
  }

  static Request request(String label, int seconds) {
    return new Request(
        "10.0.0.1:4000", label, Duration.ofSeconds(seconds), Duration.ofSeconds(30L - seconds));
  }

  static ServerSnapshot of(Worker... workers) {
    return new ServerSnapshot(
        "shop",
        4_242,
        STARTED.plusSeconds(3 * 3_600 + 125),
        STARTED,
        Phase.RUNNING,
        new Pool(8, 4, 32, 1),
        1,
        List.of(new Listening("127.0.0.1:80", 3, 16)),
        List.of(workers),
        new Served(98_765, 98_765, 50 << 20, 70 << 20, 30, Duration.ofSeconds(45)),
        9,
        1);
  }

  static ServerHistory history(int... requests) {
    List<ServerHistory.Second> seconds = new ArrayList<>();
    for (int i = 0; i < requests.length; i++) {
      seconds.add(
          new ServerHistory.Second(
              STARTED.plusSeconds(i),
              8,
              2,
              0,
              requests[i],
              requests[i],
              1,
              0,
              0,
              1_500_000,
              9_000_000));
    }
    return new ServerHistory(seconds);
  }
}
