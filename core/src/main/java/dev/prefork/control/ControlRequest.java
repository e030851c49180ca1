package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonParser;
import dev.prefork.json.JsonWriter;
import java.util.Map;
import java.util.Set;

/**
 * A line that a peer sends.
 *
 * @param command what it asks for
 * @param arguments how
 */
public record ControlRequest(String command, Json.Fields arguments) {
  /** Of requests and of answers. It rises when what there is changes its meaning. */
  public static final int VERSION = 1;

  /** The most bytes that a request may have. */
  public static final int MAX_LENGTH = 16 * 1024;

  private static final Set<String> FIELDS = Set.of("version", "command", "arguments");

  /** Without arguments. */
  public ControlRequest(String command) {
    this(command, new Json.Fields(Map.of()));
  }

  /**
   * Reads a line.
   *
   * @throws PreforkException (usage) if it is no request of this version
   */
  static ControlRequest parse(String line) {
    try {
      if (!(JsonParser.parse(line) instanceof Json.Fields fields)) {
        throw new JsonException("it must be an object");
      }
      if (fields.number("version") != VERSION) {
        throw new JsonException("version must be " + VERSION + ", not " + fields.number("version"));
      }
      for (String name : fields.fields().keySet()) {
        if (!FIELDS.contains(name)) {
          throw new JsonException("it may not have a field \"" + name + "\"");
        }
      }
      return fields.has("arguments")
          ? new ControlRequest(fields.text("command"), fields.object("arguments"))
          : new ControlRequest(fields.text("command"));
    } catch (JsonException e) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "the request is refused: "
              + e.getMessage()
              + "; a request is {\"version\":1,\"command\":\"status\",\"arguments\":{}}");
    }
  }

  /** The line, without its end. */
  public String line() {
    JsonWriter out = new JsonWriter().beginObject().field("version", VERSION);
    out.field("command", command).name("arguments");
    arguments.write(out);
    return out.endObject().toString();
  }
}
