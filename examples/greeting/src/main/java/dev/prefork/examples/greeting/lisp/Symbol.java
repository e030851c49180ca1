package dev.prefork.examples.greeting.lisp;

/** A symbol: its name, and the prefix that tells its package from the current one. */
final class Symbol extends Datum {
  static final Symbol NIL = new Symbol("", "NIL");
  static final Symbol QUOTE = new Symbol("", "QUOTE");
  static final Symbol FUNCTION = new Symbol("", "FUNCTION");

  /** Prefix of keywords. */
  static final String KEYWORD = ":";

  /** Prefix of symbols that no package owns. */
  static final String UNINTERNED = "#:";

  private final String prefix;
  private final String name;

  private Symbol(String prefix, String name) {
    this.prefix = prefix;
    this.name = name;
  }

  /**
   * Returns a symbol that prints as {@code prefix} and {@code name}; the prefix is empty for what
   * the current package can see.
   */
  static Symbol of(String prefix, String name) {
    return prefix.isEmpty() && name.equals("NIL") ? NIL : new Symbol(prefix, name);
  }

  String name() {
    return name;
  }

  boolean isKeyword() {
    return prefix.equals(KEYWORD);
  }

  /** True if the current package sees this symbol without a prefix. */
  boolean isAccessible() {
    return prefix.isEmpty();
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append(prefix);
    if (SymbolNames.needsBars(name)) {
      out.quoted(name, '|');
    } else {
      out.append(name);
    }
  }
}
