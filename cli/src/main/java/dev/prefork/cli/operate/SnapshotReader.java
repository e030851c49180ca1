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
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Snapshots and histories from the JSON that a server answers. */
final class SnapshotReader {
  private SnapshotReader() {}

  static ServerSnapshot snapshot(Json.Fields json) throws JsonException {
    List<Listening> listeners = new ArrayList<>();
    for (Json.Fields listener : json.objects("listeners")) {
      listeners.add(
          new Listening(
              listener.text("address"),
              (int) listener.number("queued"),
              (int) listener.number("limit")));
    }
    List<Worker> workers = new ArrayList<>();
    for (Json.Fields worker : json.objects("workers")) {
      workers.add(worker(worker));
    }
    Json.Fields pool = json.object("pool");
    return new ServerSnapshot(
        json.text("name"),
        json.number("pid"),
        time(json, "time"),
        time(json, "started"),
        word(Phase.class, json, "phase"),
        new Pool(
            (int) pool.number("wanted"),
            (int) pool.number("min"),
            (int) pool.number("max"),
            (int) pool.number("spares")),
        (int) json.number("concurrency"),
        listeners,
        workers,
        served(json.object("totals")),
        json.number("spawned"),
        json.number("deaths"));
  }

  private static Worker worker(Json.Fields json) throws JsonException {
    List<Request> requests = new ArrayList<>();
    for (Json.Fields request : json.objects("requests")) {
      requests.add(
          new Request(
              request.text("peer"),
              request.text("label"),
              seconds(request, "running_s"),
              seconds(request, "until_deadline_s")));
    }
    return new Worker(
        new WorkerIdentity(
            (int) json.number("slot"), (int) json.number("generation"), json.number("pid")),
        word(SlotLife.class, json, "life"),
        seconds(json, "age_s"),
        seconds(json, "start_time_s"),
        requests,
        served(json.object("served")),
        (int) json.number("open_connections"),
        (int) json.number("asking_connections"),
        json.number("accepts_in_vain"),
        json.number("resident_bytes"),
        json.number("proportional_bytes"),
        json.text("last_error"));
  }

  private static Served served(Json.Fields json) throws JsonException {
    return new Served(
        json.number("connections"),
        json.number("requests"),
        json.number("bytes_in"),
        json.number("bytes_out"),
        json.number("errors"),
        seconds(json, "busy_s"));
  }

  static ServerHistory history(Json.Fields json) throws JsonException {
    List<ServerHistory.Second> seconds = new ArrayList<>();
    for (Json.Fields second : json.objects("seconds")) {
      seconds.add(
          new ServerHistory.Second(
              time(second, "time"),
              (int) second.number("accepting"),
              (int) second.number("busy"),
              (int) second.number("queued"),
              second.number("connections"),
              second.number("requests"),
              second.number("errors"),
              (int) second.number("spawned"),
              (int) second.number("deaths"),
              (long) (second.rounded("median_ms") * 1_000_000),
              (long) (second.rounded("p99_ms") * 1_000_000)));
    }
    return new ServerHistory(seconds);
  }

  private static Duration seconds(Json.Fields json, String name) throws JsonException {
    return Duration.ofMillis(Math.round(json.rounded(name) * 1_000));
  }

  private static Instant time(Json.Fields json, String name) throws JsonException {
    try {
      return Instant.parse(json.text(name));
    } catch (DateTimeException e) {
      throw new JsonException(name + " must be a time");
    }
  }

  private static <E extends Enum<E>> E word(Class<E> type, Json.Fields json, String name)
      throws JsonException {
    try {
      return Enum.valueOf(type, json.text(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new JsonException("there is no " + name + " \"" + json.text(name) + "\"");
    }
  }
}
