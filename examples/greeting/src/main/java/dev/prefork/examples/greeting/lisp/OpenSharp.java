package dev.prefork.examples.greeting.lisp;

/** A dispatching macro character that makes something of the one datum behind it (CLHS 2.4.8). */
final class OpenSharp extends OpenForm {
  /** Argument of a macro that was given none. */
  static final int NONE = -1;

  private final char macro;
  private final int argument;
  private final Budget budget;

  /**
   * Opens the form that {@code #} and {@code macro} begin.
   *
   * @param macro {@code A}, {@code C}, {@code P}, {@code R} for any radix, or {@code :} for {@code
   *     package::datum}
   * @param argument the rank of an array; {@link #NONE} for one that writes its dimensions
   */
  OpenSharp(ReadContext context, char macro, int argument, Budget budget) {
    super(context);
    this.macro = macro;
    this.argument = argument;
    this.budget = budget;
  }

  @Override
  Datum accept(Datum datum) throws LispReadException {
    if (context().suppress()) {
      return Symbol.NIL;
    }
    return switch (macro) {
      case 'A' -> array(datum);
      case 'C' -> complex(datum);
      case 'P' -> pathname(datum);
      case 'R' -> rational(datum);
      default -> datum;
    };
  }

  private Datum array(Datum datum) throws LispReadException {
    return argument == NONE
        ? LispArray.typed(datum, budget)
        : LispArray.ofRank(argument, datum, budget);
  }

  private Datum rational(Datum datum) throws LispReadException {
    if (datum instanceof Real number && number.precision() == 0) {
      return datum;
    }
    throw new LispReadException("not a rational number of radix " + context().radix());
  }

  private static Datum complex(Datum datum) throws LispReadException {
    if (datum instanceof Cons first
        && first.cdr() instanceof Cons second
        && second.cdr() == Symbol.NIL
        && first.car() instanceof Real real
        && second.car() instanceof Real imaginary) {
      return Complex.of(real, imaginary);
    }
    throw new LispReadException("complex number not a list of two real numbers");
  }

  private static Datum pathname(Datum datum) throws LispReadException {
    if (datum instanceof LispString string) {
      return new LispPathname(Namestring.canonical(string.content()));
    }
    if (datum instanceof LispPathname) {
      return datum;
    }
    throw new LispReadException("pathname not of a string");
  }
}
