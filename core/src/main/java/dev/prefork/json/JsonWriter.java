package dev.prefork.json;

/**
 * Writes JSON (RFC 8259) on one line, whatever the strings hold: each character that some reader
 * takes for the end of a line is escaped, and so is half of a surrogate pair.
 *
 * <p>The caller keeps the order: names in objects alone, every begin with its end. Not for several
 * threads at once.
 *
 * {@snippet :
 * new JsonWriter().beginObject().field("slot", 3).field("text", "ready").endObject().toString();
 * // {"slot":3,"text":"ready"}
 * }
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;

  /** Writes into a new buffer. */
  public JsonWriter() {
    this(new StringBuilder());
  }

  /** Writes at the end of a buffer. */
  public JsonWriter(StringBuilder out) {
    this.out = out;
  }

  /** Begins an object, as a value. */
  public JsonWriter beginObject() {
    separate();
    out.append('{');
    return this;
  }

  /** Ends the object. */
  public JsonWriter endObject() {
    out.append('}');
    return this;
  }

  /** Begins an array, as a value. */
  public JsonWriter beginArray() {
    separate();
    out.append('[');
    return this;
  }

  /** Ends the array. */
  public JsonWriter endArray() {
    out.append(']');
    return this;
  }

  /** Writes a name; its value comes next. */
  public JsonWriter name(String name) {
    value(name);
    out.append(':');
    return this;
  }

  /** Writes a string. */
  public JsonWriter value(String text) {
    separate();
    appendString(out, text);
    return this;
  }

  /** Writes a whole number. */
  public JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  /** Writes true or false. */
  public JsonWriter value(boolean truth) {
    separate();
    out.append(truth);
    return this;
  }

  /** Writes a number, true, false or null that is JSON already. */
  JsonWriter literal(String json) {
    separate();
    out.append(json);
    return this;
  }

  /** Writes a name and a string. */
  public JsonWriter field(String name, String text) {
    return name(name).value(text);
  }

  /** Writes a name and a whole number. */
  public JsonWriter field(String name, long number) {
    return name(name).value(number);
  }

  /** Writes a name and true or false. */
  public JsonWriter field(String name, boolean truth) {
    return name(name).value(truth);
  }

  /** Writes a name and a number of thousandths: 1500 as {@code 1.500}. */
  public JsonWriter thousandths(String name, long number) {
    name(name);
    appendThousandths(out, number);
    return this;
  }

  /** Appends a number of thousandths as people and JSON write it, 1500 as {@code 1.500}. */
  public static void appendThousandths(StringBuilder out, long number) {
    int fraction = (int) Math.abs(number % 1_000);
    out.append(number < 0 ? "-" : "").append(Math.abs(number / 1_000)).append('.');
    out.append((char) ('0' + fraction / 100));
    out.append((char) ('0' + fraction / 10 % 10));
    out.append((char) ('0' + fraction % 10));
  }

  /** Appends a string as JSON has it, with its quotes: on one line, and working no terminal. */
  public static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(out, text, i);
    }
    out.append('"');
  }

  /** What has been written so far. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void separate() {
    int length = out.length();
    char last = length == 0 ? '{' : out.charAt(length - 1);
    if (last != '{' && last != '[' && last != ':' && last != '\n') {
      out.append(',');
    }
  }

  private static void appendCharacter(StringBuilder out, String text, int index) {
    char c = text.charAt(index);
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isPlain(text, index)) {
          out.append(c);
        } else {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
          }
        }
      }
    }
  }

  /** Not plain: C0, DEL and C1, the separators of lines and paragraphs, a surrogate alone. */
  private static boolean isPlain(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c >= ' ' && (c < 0x7f || c > 0x9f) && c != '\u2028' && c != '\u2029';
  }
}
