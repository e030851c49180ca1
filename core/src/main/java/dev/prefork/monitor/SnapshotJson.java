package dev.prefork.monitor;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A snapshot as JSON, on one line: docs/ADMIN.md describes it. */
public final class SnapshotJson {
  /** Raised when a field changes its meaning or goes; a new field does not raise it. */
  static final int VERSION = 1;

  private SnapshotJson() {}

  /** Writes an object, as a value. */
  public static void write(JsonWriter json, ServerSnapshot snapshot) {
    json.beginObject()
        .field("version", VERSION)
        .field("name", snapshot.name())
        .field("pid", snapshot.pid())
        .field("time", time(snapshot.time()))
        .field("started", time(snapshot.started()))
        .thousandths("uptime_s", millis(Duration.between(snapshot.started(), snapshot.time())))
        .field("phase", word(snapshot.phase()))
        .name("pool")
        .beginObject()
        .field("wanted", snapshot.pool().wanted())
        .field("min", snapshot.pool().min())
        .field("max", snapshot.pool().max())
        .field("spares", snapshot.pool().spares())
        .endObject()
        .field("concurrency", snapshot.concurrency())
        .field("accepting", snapshot.accepting())
        .field("busy", snapshot.busy())
        .name("listeners")
        .beginArray();
    for (Listening listener : snapshot.listeners()) {
      json.beginObject()
          .field("address", listener.address())
          .field("queued", listener.queued())
          .field("limit", listener.limit())
          .endObject();
    }
    json.endArray().name("workers").beginArray();
    for (Worker worker : snapshot.workers()) {
      write(json, worker);
    }
    json.endArray().name("totals");
    write(json, snapshot.totals());
    json.field("spawned", snapshot.spawned()).field("deaths", snapshot.deaths()).endObject();
  }

  private static void write(JsonWriter json, Worker worker) {
    json.beginObject()
        .field("slot", worker.identity().slot())
        .field("generation", worker.identity().generation())
        .field("pid", worker.identity().pid())
        .field("life", word(worker.life()))
        .thousandths("age_s", millis(worker.age()))
        .thousandths("start_time_s", millis(worker.startTime()))
        .name("requests")
        .beginArray();
    for (Request request : worker.requests()) {
      json.beginObject()
          .field("peer", request.peer())
          .field("label", request.label())
          .thousandths("running_s", millis(request.running()))
          .thousandths("until_deadline_s", request.untilDeadline().toMillis())
          .endObject();
    }
    json.endArray().name("served");
    write(json, worker.served());
    json.field("open_connections", worker.openConnections())
        .field("asking_connections", worker.askingConnections())
        .field("accepts_in_vain", worker.acceptsInVain())
        .field("resident_bytes", worker.residentBytes())
        .field("proportional_bytes", worker.proportionalBytes())
        .field("last_error", worker.lastError())
        .endObject();
  }

  private static void write(JsonWriter json, Served served) {
    json.beginObject()
        .field("connections", served.connections())
        .field("requests", served.requests())
        .field("bytes_in", served.bytesIn())
        .field("bytes_out", served.bytesOut())
        .field("errors", served.errors())
        .thousandths("busy_s", millis(served.busy()))
        .endObject();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static long millis(Duration duration) {
    return Math.max(0, duration.toMillis());
  }
}
