package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.WorkerDeath;
import dev.prefork.WorkerIdentity;
import dev.prefork.json.JsonWriter;

/** An event's fields, the same in answers and in logs: docs/LOGS.md describes them. */
public final class EventJson {
  private EventJson() {}

  /** Writes them into an object that has begun. */
  public static void write(JsonWriter json, ServerEvent event) {
    switch (event) {
      case ServerEvent.Message(Level level, String text) -> begin(json, level, "message", text);
      case ServerEvent.WorkerOutput(var worker, String line) -> {
        begin(json, Level.INFO, "worker_output", line);
        identity(json, worker);
      }
      case ServerEvent.WorkerSpawned(var worker) -> {
        begin(json, Level.INFO, "worker_spawned", "spawned");
        identity(json, worker);
      }
      case ServerEvent.WorkerReady(var worker) -> {
        begin(json, Level.INFO, "worker_ready", "ready");
        identity(json, worker);
      }
      case ServerEvent.WorkerExited exited -> exited(json, exited);
      case ServerEvent.WorkerDied(WorkerDeath death) -> {
        begin(json, Level.INFO, "worker_died", death.text());
        json.name("death");
        DeathJson.write(json, death);
      }
      case ServerEvent.RequestLate late -> late(json, late);
      case ServerEvent.Ready(int workers) -> {
        begin(json, Level.INFO, "ready", workers + " workers ready");
        json.field("workers", workers);
      }
      case ServerEvent.LogsReopened(String origin) ->
          begin(json, Level.INFO, "logs_reopened", origin);
      case ServerEvent.Stopped(ExitStatus status, String cause) -> {
        begin(json, status == ExitStatus.OK ? Level.INFO : Level.ERROR, "stopped", cause);
        json.field("exit_code", status.code());
      }
      case ServerEvent.Dropped(long count) -> {
        begin(json, Level.WARNING, "dropped", count + " log lines were dropped here");
        json.field("count", count);
      }
    }
  }

  private static void exited(JsonWriter json, ServerEvent.WorkerExited exited) {
    boolean ordinary = exited.expected() || (exited.wasReady() && exited.exitCode() == 0);
    begin(json, ordinary ? Level.INFO : Level.ERROR, "worker_exited", exited.cause());
    identity(json, exited.worker());
    json.field("exit_code", exited.exitCode())
        .field("was_ready", exited.wasReady())
        .field("expected", exited.expected());
  }

  private static void late(JsonWriter json, ServerEvent.RequestLate late) {
    begin(json, Level.WARNING, "request_late", late.text());
    identity(json, late.worker())
        .field("peer", late.request().peer())
        .field("label", late.request().label())
        .thousandths("running_s", late.request().running().toMillis())
        .field("thread_dump", late.threadDump());
  }

  private static void begin(JsonWriter json, Level level, String event, String text) {
    json.field("level", level.name()).field("event", event).field("text", text);
  }

  static JsonWriter identity(JsonWriter json, WorkerIdentity worker) {
    return json.field("slot", worker.slot())
        .field("generation", worker.generation())
        .field("pid", worker.pid());
  }
}
