package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerIdentity;
import dev.prefork.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema that docs/ADMIN.md promises, word for word. */
class SnapshotJsonTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.006700Z");

  @Test
  void aSnapshot() {
    Worker worker =
        new Worker(
            new WorkerIdentity(3, 2, 4_711),
            SlotLife.READY,
            Duration.ofSeconds(60),
            Duration.ofMillis(48),
            List.of(
                new Request(
                    "127.0.0.1:5", "GET \"/\"", Duration.ofMillis(1_500), Duration.ofMillis(-20))),
            new Served(7, 6, 700, 800, 1, Duration.ofMillis(90)),
            5,
            4,
            6,
            20L << 20,
            0,
            "");
    ServerSnapshot snapshot =
        new ServerSnapshot(
            "shop",
            4_700,
            START.plusSeconds(61),
            START,
            Phase.RUNNING,
            new Pool(2, 1, 16, 0),
            1,
            List.of(new Listening("[::1]:80", 3, 16)),
            List.of(worker),
            new Served(9, 8, 900, 1_000, 2, Duration.ofMillis(123_456)),
            5,
            4);
    JsonWriter json = new JsonWriter();
    SnapshotJson.write(json, snapshot);
    assertThat(json)
        .hasToString(
            """
            {"version":1,"name":"shop","pid":4700,"time":"2026-01-02T03:05:06.006Z",\
            "started":"2026-01-02T03:04:05.006Z","uptime_s":61.000,"phase":"running",\
            "pool":{"wanted":2,"min":1,"max":16,"spares":0},"concurrency":1,"accepting":1,"busy":1,\
            "listeners":[{"address":"[::1]:80","queued":3,"limit":16}],\
            "workers":[{"slot":3,"generation":2,"pid":4711,"life":"ready","age_s":60.000,\
            "start_time_s":0.048,"requests":[{"peer":"127.0.0.1:5","label":"GET \\"/\\"",\
            "running_s":1.500,"until_deadline_s":-0.020}],"served":{"connections":7,"requests":6,\
            "bytes_in":700,"bytes_out":800,"errors":1,"busy_s":0.090},"open_connections":5,"asking_connections":4,\
            "accepts_in_vain":6,"resident_bytes":20971520,\
            "proportional_bytes":0,"last_error":""}],"totals":{"connections":9,"requests":8,\
            "bytes_in":900,"bytes_out":1000,"errors":2,"busy_s":123.456},"spawned":5,"deaths":4}\
            """);
  }

  @Test
  void secondsOfTheHistory() {
    JsonWriter json = new JsonWriter();
    HistoryJson.write(
        json,
        List.of(
            new Second(START, 2, 1, 5, 10, 9, 1, 2, 3, 65_536, 1_048_576),
            new Second(START.plusSeconds(1), 2, 1, -1, 0, 0, 0, 0, 0, 0, 0)));
    assertThat(json)
        .hasToString(
            """
            {"version":1,"seconds":[{"time":"2026-01-02T03:04:05.006Z","accepting":2,"busy":1,\
            "queued":5,"connections":10,"requests":9,"errors":1,"spawned":2,"deaths":3,\
            "median_ms":0.065,"p99_ms":1.048,"queue_wait_estimate_ms":500.000},\
            {"time":"2026-01-02T03:04:06.006Z","accepting":2,"busy":1,"queued":-1,\
            "connections":0,"requests":0,"errors":0,"spawned":0,"deaths":0,"median_ms":0.000,\
            "p99_ms":0.000}]}\
            """);
  }
}
