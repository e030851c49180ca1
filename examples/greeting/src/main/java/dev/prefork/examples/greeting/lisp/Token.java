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
  private final StringBuilder unescaped = new StringBuilder();
  private boolean escaped;
  private int colon = NONE;
  private int colons;
  private boolean endsInColon;
  private boolean prefixEscaped;
  private boolean tooManyColons;

  Token() {}

  void add(int c) {
    raw.appendCodePoint(c);
    if (c == ':') {
      marker();
    } else {
      unescaped.appendCodePoint(c);
      endsInColon = false;
    }
  }

  void addEscaped(int c) {
    escape();
    raw.appendCodePoint(c);
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
    if (colon == NONE) {
      colon = name.length();
      prefixEscaped = escaped;
    } else if (!endsInColon || colons == 2) {
      tooManyColons = true;
    }
    colons++;
    endsInColon = true;
  }

  private void flush() {
    if (unescaped.length() > 0) {
      name.append(SymbolNames.intern(unescaped.toString()));
      unescaped.setLength(0);
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
