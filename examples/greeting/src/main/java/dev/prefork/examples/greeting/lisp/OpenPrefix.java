package dev.prefork.examples.greeting.lisp;

/**
 * A macro character before one datum: quote, function, backquote or comma (CLHS 2.4.3, 2.4.6,
 * 2.4.7, 2.4.8.2).
 */
final class OpenPrefix extends OpenForm {
  private final String prefix;

  /**
   * Opens the form that {@code prefix} begins: {@code '}, {@code #'}, {@code `}, {@code ,}, {@code
   * ,@} or {@code ,.}.
   */
  OpenPrefix(ReadContext context, String prefix) {
    super(context);
    this.prefix = prefix;
  }

  @Override
  Datum accept(Datum datum) throws LispReadException {
    return switch (prefix) {
      case "'" -> new Cons(Symbol.QUOTE, new Cons(datum, Symbol.NIL));
      case "#'" -> new Cons(Symbol.FUNCTION, new Cons(datum, Symbol.NIL));
      case "`" -> backquoted(datum);
      default -> new Comma(prefix, datum);
    };
  }

  private Datum backquoted(Datum datum) throws LispReadException {
    if (datum instanceof Comma comma && comma.splices() && !context().suppress()) {
      throw new LispReadException("splicing comma right after a backquote");
    }
    return new Backquote(datum);
  }
}
