package dev.prefork.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259), and nothing that only resembles it: no comment, no trailing comma, no
 * second value, no name twice in one object. Its depth is bounded, so that no text can exhaust the
 * stack; whoever reads the text bounds its length.
 */
public final class JsonParser {
  /** Objects and arrays within each other; nothing that Prefork writes comes near it. */
  static final int MAX_DEPTH = 32;

  private final String text;
  private int at;
  private int depth;

  private JsonParser(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws JsonException if the text is anything else
   */
  public static Json parse(String text) throws JsonException {
    JsonParser parser = new JsonParser(text);
    Json value = parser.value();
    parser.skipSpace();
    if (parser.at < text.length()) {
      throw parser.refused("nothing may follow the value");
    }
    return value;
  }

  private Json value() throws JsonException {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Json.Text(string());
      case 't' -> literal("true", new Json.Truth(true));
      case 'f' -> literal("false", new Json.Truth(false));
      case 'n' -> literal("null", new Json.Nothing());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw refused("a value must begin with { [ \" - a digit, true, false or null");
    };
  }

  private Json object() throws JsonException {
    enter();
    Map<String, Json> fields = new LinkedHashMap<>();
    if (!begins('}')) {
      do {
        skipSpace();
        if (peek() != '"') {
          throw refused("a name must be a string");
        }
        String name = string();
        skipSpace();
        expect(':', "a colon must follow a name");
        if (fields.put(name, value()) != null) {
          throw refused("the name \"" + name + "\" stands twice in one object");
        }
      } while (continues('}'));
    }
    depth--;
    return new Json.Fields(fields);
  }

  private Json array() throws JsonException {
    enter();
    List<Json> values = new ArrayList<>();
    if (!begins(']')) {
      do {
        values.add(value());
      } while (continues(']'));
    }
    depth--;
    return new Json.Items(values);
  }

  private void enter() throws JsonException {
    at++;
    if (++depth > MAX_DEPTH) {
      throw refused("objects and arrays may stand at most " + MAX_DEPTH + " deep in each other");
    }
  }

  /** Whether an object or array is over where it begins. */
  private boolean begins(char end) {
    skipSpace();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a comma promises another; else the end must stand here. */
  private boolean continues(char end) throws JsonException {
    skipSpace();
    if (peek() == ',') {
      at++;
      return true;
    }
    expect(end, "a comma or " + end + " must follow");
    return false;
  }

  private Json literal(String word, Json value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw refused("a value must begin with { [ \" - a digit, true, false or null");
    }
    at += word.length();
    return value;
  }

  private Json number() throws JsonException {
    int begin = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++; // and no digit after it
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return new Json.Figure(text.substring(begin, at));
  }

  private void digits() throws JsonException {
    int begin = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == begin) {
      throw refused("a digit must stand here");
    }
  }

  private String string() throws JsonException {
    at++;
    StringBuilder characters = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return characters.toString();
      } else if (c == '\\') {
        characters.append(escaped());
      } else if (c < ' ') {
        at--;
        throw refused("a control character must be escaped");
      } else {
        characters.append(c);
      }
    }
    throw refused("a string must end with \"");
  }

  private char escaped() throws JsonException {
    char kind = peek();
    at++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw refused("an escape must be one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
      }
    };
  }

  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw refused("four hexadecimal digits must follow \\u");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
  }

  /** The next character; at the end one that is nowhere allowed. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted, String rule) throws JsonException {
    if (peek() != wanted) {
      throw refused(rule);
    }
    at++;
  }

  private JsonException refused(String rule) {
    return new JsonException(rule + ", at column " + (Math.min(at, text.length()) + 1));
  }
}
