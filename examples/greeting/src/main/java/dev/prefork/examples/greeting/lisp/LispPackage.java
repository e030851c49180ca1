package dev.prefork.examples.greeting.lisp;

/** The packages that a symbol can be read into. */
enum LispPackage {
  /** The current package, PREFORK-EXAMPLE-SIMPLE, which inherits the symbols of COMMON-LISP. */
  CURRENT,
  COMMON_LISP,
  COMMON_LISP_USER,
  KEYWORD;

  /** Returns the package called {@code name}. */
  static LispPackage named(String name) throws LispReadException {
    return switch (name) {
      case "PREFORK-EXAMPLE-SIMPLE" -> CURRENT;
      case "COMMON-LISP", "CL" -> COMMON_LISP;
      case "COMMON-LISP-USER", "CL-USER" -> COMMON_LISP_USER;
      case "KEYWORD" -> KEYWORD;
      default ->
          throw new LispReadException(
              "package " + LispReadException.excerpt(name) + " does not exist");
    };
  }

  /**
   * Returns the symbol called {@code name} here, new if need be. COMMON-LISP is locked: it gets no
   * new ones.
   */
  Symbol intern(String name) throws LispReadException {
    return switch (this) {
      case CURRENT -> Symbol.of("", name);
      case KEYWORD -> Symbol.of(Symbol.KEYWORD, name);
      case COMMON_LISP_USER ->
          Symbol.of(CommonLispSymbols.contains(name) ? "" : "COMMON-LISP-USER::", name);
      case COMMON_LISP -> external(name);
    };
  }

  /**
   * Returns the external symbol called {@code name} here; every keyword is external, new ones too.
   */
  Symbol external(String name) throws LispReadException {
    if (this == KEYWORD) {
      return intern(name);
    }
    if (this == COMMON_LISP && CommonLispSymbols.contains(name)) {
      return Symbol.of("", name);
    }
    throw new LispReadException(
        "symbol " + LispReadException.excerpt(name) + " is not external in its package");
  }
}
