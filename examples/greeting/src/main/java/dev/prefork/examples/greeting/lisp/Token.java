package dev.prefork.examples.greeting.lisp;

/**
 * An extended token (CLHS 2.2): the characters between two delimiters, with what escaping made of
 * them.
 */
final class Token {
  /** Place of a package marker that is not there. */
  static final int NONE = -1;

  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder name = new StringBuilder();
  private int interned;
  private boolean escaped;
  private int colon = NONE;
  private int colons;
  private boolean endsInColon;
  private boolean prefixEscaped;
  private boolean tooManyColons;

  Token() {}

  void add(int c) {
    if (c == ':') {
      marker();
    } else {
      raw.appendCodePoint(c);
      endsInColon = false;
    }
  }

  void addEscaped(int c) {
    escape();
    raw.appendCodePoint(c);
    interned = raw.length();
    name.appendCodePoint(c);
  }

  /** Notes that escapes make a symbol of this token, even if they hold no character. */
  void escape() {
    flush();
    escaped = true;
    endsInColon = false;
  }

  private void marker() {
    flush();
    raw.append(':');
    interned = raw.length();
    if (colon == NONE) {
      colon = name.length();
      prefixEscaped = escaped;
    } else if (!endsInColon || colons == 2) {
      tooManyColons = true;
    }
    colons++;
    endsInColon = true;
  }

  /** Interns what has come unescaped since the last time: it is normalised as a whole. */
  private void flush() {
    if (interned < raw.length()) {
      name.append(SymbolNames.intern(raw.substring(interned)));
      interned = raw.length();
    }
  }

  /** The characters as written, escape characters left out. */
  String raw() {
    return raw.toString();
  }

  /** The characters as interned, package markers left out. */
  String name() {
    flush();
    return name.toString();
  }

  boolean isEscaped() {
    return escaped;
  }

  /** Where in {@link #name} the package prefix ends, or {@link #NONE}. */
  int colon() {
    return colon;
  }

  /** How many package markers there are. */
  int colons() {
    return colons;
  }

  boolean hasTooManyColons() {
    return tooManyColons;
  }

  /** True if nothing follows the package marker. */
  boolean endsInColon() {
    return endsInColon;
  }

  /** True if the token begins with its package marker: it is a keyword. {@code ||:a} does not. */
  boolean isKeyword() {
    return colon == 0 && !prefixEscaped;
  }

  boolean isDots() {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) != '.') {
        return false;
      }
    }
    return !escaped && raw.length() > 0;
  }
}
