package dev.prefork.admin;

import java.util.Locale;

/**
 * A request's head, as far as the admin listener needs it (RFC 9112).
 *
 * @param method as sent
 * @param path of the target, undecoded: {@code /history}
 * @param query of the target, undecoded; may be empty
 * @param host from the target or the Host field; may be empty
 * @param accept the Accept fields; may be empty
 */
record HttpRequest(String method, String path, String query, String host, String accept) {
  private static final String SCHEME = "http://";

  boolean isHead() {
    return method.equals("HEAD");
  }

  boolean reads() {
    return method.equals("GET") || isHead();
  }

  /**
   * Reads a head.
   *
   * @param head all lines up to the empty one
   * @throws HttpRefusal if it is none
   */
  static HttpRequest parse(String head) throws HttpRefusal {
    String[] lines = head.split("\r?\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || words[0].isEmpty() || !words[2].matches("HTTP/\\d\\.\\d")) {
      throw new HttpRefusal(400, "this is no HTTP request");
    }
    if (!words[2].startsWith("HTTP/1.")) {
      throw new HttpRefusal(505, "only HTTP/1.1 is spoken here");
    }
    String host = field(lines, "host");
    boolean hostNeeded = words[2].equals("HTTP/1.1");
    if (host.indexOf(',') >= 0 || (hostNeeded && host.isEmpty())) {
      throw new HttpRefusal(400, "a request needs one Host field");
    }
    return withTarget(words[0], words[1], host, field(lines, "accept"));
  }

  private static HttpRequest withTarget(String method, String target, String host, String accept)
      throws HttpRefusal {
    String origin = target;
    String asked = host;
    if (target.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      String rest = target.substring(SCHEME.length());
      int slash = rest.indexOf('/');
      asked = slash < 0 ? rest : rest.substring(0, slash);
      origin = slash < 0 ? "/" : rest.substring(slash);
    }
    if (!origin.startsWith("/")) {
      throw new HttpRefusal(400, "the target must be a path");
    }
    int mark = origin.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? origin : origin.substring(0, mark),
        mark < 0 ? "" : origin.substring(mark + 1),
        asked,
        accept);
  }

  /** All fields of a name, joined by commas as RFC 9110 does, section 5.2. */
  private static String field(String[] lines, String name) {
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0 && lines[i].substring(0, colon).equalsIgnoreCase(name)) {
        value.append(value.isEmpty() ? "" : ",").append(lines[i].substring(colon + 1).strip());
      }
    }
    return value.toString();
  }
}
