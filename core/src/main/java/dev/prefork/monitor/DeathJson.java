package dev.prefork.monitor;

import dev.prefork.WorkerDeath;
import dev.prefork.json.JsonWriter;
import java.util.List;

/** Deaths of workers as JSON, on one line: docs/ADMIN.md describes it. */
public final class DeathJson {
  private DeathJson() {}

  /** Writes an object, as a value. */
  public static void write(JsonWriter json, List<WorkerDeath> deaths) {
    json.beginObject().field("version", SnapshotJson.VERSION).name("deaths").beginArray();
    for (WorkerDeath death : deaths) {
      write(json, death);
    }
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, WorkerDeath death) {
    json.beginObject()
        .field("time", SnapshotJson.time(death.time()))
        .field("slot", death.worker().slot())
        .field("generation", death.worker().generation())
        .field("pid", death.worker().pid())
        .field("cause", SnapshotJson.word(death.cause()))
        .field("text", death.text())
        .field("exit_code", death.exitCode())
        .field("signal", death.signal())
        .field("expected", death.expected())
        .thousandths("age_s", SnapshotJson.millis(death.age()))
        .field("was_ready", death.wasReady())
        .field("requests", death.requests())
        .name("serving")
        .beginArray();
    death.serving().forEach(json::value);
    json.endArray()
        .field("resident_bytes", death.residentBytes())
        .field("crash_file", death.crashFile())
        .field("problematic_frame", death.problematicFrame())
        .field("thread_dump", death.threadDump())
        .endObject();
  }
}
