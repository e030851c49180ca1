package dev.prefork.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that was read from JSON text (RFC 8259) by {@link JsonParser}. */
public sealed interface Json {

  /** {@code null}. */
  record Nothing() implements Json {}

  /** {@code true} or {@code false}. */
  record Truth(boolean value) implements Json {}

  /**
   * A number as it was written: how exact it must be, its user knows.
   *
   * @param literal by the grammar of RFC 8259: {@code -12.5e3}
   */
  record Figure(String literal) implements Json {}

  /** A string. */
  record Text(String value) implements Json {}

  /** An array. */
  record Items(List<Json> values) implements Json {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /**
   * An object. What is asked for by name and kind must be there: a field that is missing or of
   * another kind is refused.
   *
   * @param fields by name, in the order of the text
   */
  record Fields(Map<String, Json> fields) implements Json {
    /** Copies the map. */
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Whether there is a field of this name. */
    public boolean has(String name) {
      return fields.containsKey(name);
    }

    /** A string. */
    public String text(String name) throws JsonException {
      if (fields.get(name) instanceof Text(String value)) {
        return value;
      }
      throw refused(name, "a string");
    }

    /** A whole number that fits. */
    public long number(String name) throws JsonException {
      try {
        if (fields.get(name) instanceof Figure(String literal)) {
          return Long.parseLong(literal);
        }
      } catch (NumberFormatException e) {
        // refused below
      }
      throw refused(name, "a whole number");
    }

    /** A number, rounded. */
    public double rounded(String name) throws JsonException {
      if (fields.get(name) instanceof Figure(String literal)) {
        return Double.parseDouble(literal);
      }
      throw refused(name, "a number");
    }

    /** True or false. */
    public boolean truth(String name) throws JsonException {
      if (fields.get(name) instanceof Truth(boolean value)) {
        return value;
      }
      throw refused(name, "true or false");
    }

    /** An array. */
    public List<Json> items(String name) throws JsonException {
      if (fields.get(name) instanceof Items(List<Json> values)) {
        return values;
      }
      throw refused(name, "an array");
    }

    /** An object. */
    public Fields object(String name) throws JsonException {
      return object(name, fields.get(name));
    }

    /** The objects of an array. */
    public List<Fields> objects(String name) throws JsonException {
      List<Fields> objects = new ArrayList<>();
      for (Json value : items(name)) {
        objects.add(object(name, value));
      }
      return objects;
    }

    private static Fields object(String name, @Nullable Json value) throws JsonException {
      if (value instanceof Fields object) {
        return object;
      }
      throw refused(name, "an object");
    }

    private static JsonException refused(String name, String kind) {
      return new JsonException(name + " must be " + kind);
    }
  }

  /** Writes it as the next value. */
  default void write(JsonWriter out) {
    switch (this) {
      case Nothing _ -> out.literal("null");
      case Truth(boolean value) -> out.value(value);
      case Figure(String literal) -> out.literal(literal);
      case Text(String value) -> out.value(value);
      case Items(List<Json> values) -> {
        out.beginArray();
        values.forEach(value -> value.write(out));
        out.endArray();
      }
      case Fields(Map<String, Json> fields) -> {
        out.beginObject();
        fields.forEach((name, value) -> value.write(out.name(name)));
        out.endObject();
      }
    }
  }
}
