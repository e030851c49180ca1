package dev.prefork.examples.greeting.lisp;

import org.jspecify.annotations.Nullable;

/**
 * {@code #+feature} and {@code #-feature}, with the datum behind if that is to be skipped (CLHS
 * 2.4.8.17, 2.4.8.18).
 */
final class OpenFeature extends OpenForm {
  private final ReadContext around;
  private final boolean wanted;
  private final Budget budget;
  private boolean decided;
  private boolean skipping;
  private boolean gone;

  /**
   * Opens a read-time conditional.
   *
   * @param around what holds around it
   * @param wanted which value of the expression makes the datum behind count
   */
  OpenFeature(ReadContext around, boolean wanted, Budget budget) {
    super(around.forFeatures());
    this.around = around;
    this.wanted = wanted;
    this.budget = budget;
  }

  @Override
  @Nullable Datum accept(Datum datum) throws LispReadException {
    if (!decided) {
      decided = true;
      skipping = holds(datum) != wanted;
      enter(skipping ? around.suppressed() : around);
      return null;
    }
    gone = skipping;
    return skipping ? null : datum;
  }

  @Override
  boolean isGone() {
    return gone;
  }

  /**
   * Evaluates a feature expression (CLHS 24.1.2.1). Each visit is charged: shared structure can ask
   * for very many.
   */
  private boolean holds(Datum expression) throws LispReadException {
    budget.charge(1);
    if (expression instanceof Symbol feature) {
      return feature.isKeyword() && isFeature(feature.name());
    }
    if (!(expression instanceof Cons form) || !(form.car() instanceof Symbol operator)) {
      throw new LispReadException("not a feature expression");
    }
    String name = operator.isKeyword() || operator.isAccessible() ? operator.name() : "";
    return switch (name) {
      case "AND" -> !any(form.cdr(), false);
      case "OR" -> any(form.cdr(), true);
      case "NOT" -> !holds(only(form.cdr()));
      default -> throw new LispReadException("unknown operator in a feature expression");
    };
  }

  private static Datum only(Datum arguments) throws LispReadException {
    if (arguments instanceof Cons argument && argument.cdr() == Symbol.NIL) {
      return argument.car();
    }
    throw new LispReadException("NOT of other than one feature expression");
  }

  /** True if one of {@code expressions} is {@code value}; those behind it are not looked at. */
  private boolean any(Datum expressions, boolean value) throws LispReadException {
    Datum rest = expressions;
    while (rest instanceof Cons next) {
      if (holds(next.car()) == value) {
        return true;
      }
      rest = next.cdr();
    }
    if (rest != Symbol.NIL) {
      throw new LispReadException("dotted feature expression");
    }
    return false;
  }

  private static boolean isFeature(String name) {
    return switch (name) {
      case "SBCL", "UNIX", "LINUX", "COMMON-LISP", "ANSI-CL" -> true;
      default -> false;
    };
  }
}
