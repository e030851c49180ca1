package dev.prefork.log;

import dev.prefork.ServerEvent;
import dev.prefork.control.EventJson;
import dev.prefork.json.JsonWriter;
import java.time.Instant;

/** Lines for programs: one object for each event, docs/LOGS.md. */
final class JsonLogLines implements LogLines {
  @Override
  public String line(Instant time, ServerEvent event) {
    JsonWriter json = new JsonWriter().beginObject().field("time", TIME.format(time));
    EventJson.write(json, event);
    return json.endObject().toString();
  }
}
