package dev.prefork.monitor;

import dev.prefork.ServerHistory.Second;
import dev.prefork.json.JsonWriter;
import java.util.List;

/** Seconds of the history as JSON, on one line: docs/ADMIN.md describes it. */
public final class HistoryJson {
  private HistoryJson() {}

  /** Writes an object, as a value. */
  public static void write(JsonWriter json, List<Second> seconds) {
    json.beginObject().field("version", SnapshotJson.VERSION).name("seconds").beginArray();
    for (Second second : seconds) {
      write(json, second);
    }
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, Second second) {
    json.beginObject()
        .field("time", SnapshotJson.time(second.time()))
        .field("accepting", second.accepting())
        .field("busy", second.busy())
        .field("queued", second.queued())
        .field("connections", second.connections())
        .field("requests", second.requests())
        .field("errors", second.errors())
        .field("spawned", second.spawned())
        .field("deaths", second.deaths())
        .thousandths("median_ms", second.medianNs() / 1_000)
        .thousandths("p99_ms", second.p99Ns() / 1_000);
    long estimateNs = second.queueWaitEstimateNs();
    if (estimateNs >= 0) {
      json.thousandths("queue_wait_estimate_ms", estimateNs / 1_000);
    }
    json.endObject();
  }
}
