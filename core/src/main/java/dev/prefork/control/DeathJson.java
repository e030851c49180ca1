package dev.prefork.control;

import dev.prefork.WorkerDeath;
import dev.prefork.json.JsonWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A worker's end as JSON: docs/ADMIN.md describes it. */
public final class DeathJson {
  private DeathJson() {}

  /** On one line. */
  public static String line(WorkerDeath death) {
    JsonWriter json = new JsonWriter();
    write(json, death);
    return json.toString();
  }

  /** Writes an object, as a value. */
  public static void write(JsonWriter json, WorkerDeath death) {
    json.beginObject()
        .field("time", death.time().truncatedTo(ChronoUnit.MILLIS).toString())
        .field("slot", death.worker().slot())
        .field("generation", death.worker().generation())
        .field("pid", death.worker().pid())
        .field("cause", death.cause().name().toLowerCase(Locale.ROOT))
        .field("text", death.text())
        .field("exit_code", death.exitCode())
        .field("signal", death.signal())
        .field("expected", death.expected())
        .thousandths("age_s", Math.max(0, death.age().toMillis()))
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
