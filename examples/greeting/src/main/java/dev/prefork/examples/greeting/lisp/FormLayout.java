package dev.prefork.examples.greeting.lisp;

/**
 * What SBCL's pretty printer changes, other than line breaks, in forms it knows: an empty lambda
 * list prints as {@code ()}, and where it expects a list it prints one, be it {@code (QUOTE X)}.
 *
 * <p>A layout has one letter for each argument; the last letter holds for all further ones:
 *
 * <ul>
 *   <li>{@code w}: printed as anywhere
 *   <li>{@code b}: a list of objects, in full
 *   <li>{@code B}: a list of lists, in full (bindings)
 *   <li>{@code k}: a list, in full, whose first object is such a list (a clause of {@code case}, a
 *       key parameter)
 *   <li>{@code l}: a lambda list
 *   <li>{@code f}: a list of local functions, {@code g}: one of them
 *   <li>{@code d}: a declaration, in full at every depth
 *   <li>{@code q}: a method's qualifier if it is an atom, or else its lambda list
 * </ul>
 */
final class FormLayout {
  /**
   * Name, lambda list and body; the first of the body stands apart, to tell whether there is one.
   */
  private static final String LOCAL_FUNCTION = "wlww";

  private final String kinds;
  private int at;
  private char parameter = 'b';

  private FormLayout(String kinds) {
    this.kinds = kinds;
  }

  /** Returns the layout of a list of whatever. */
  static FormLayout plain() {
    return new FormLayout("w");
  }

  /** Returns the layout of a form that begins with {@code operator}. */
  static FormLayout ofForm(String operator, Datum arguments) {
    String kinds = arguments(operator);
    boolean single = arguments instanceof Cons first && first.cdr() == Symbol.NIL;
    return kinds.isEmpty() || (single && kinds.startsWith("f"))
        ? plain()
        : new FormLayout('w' + kinds);
  }

  private static String arguments(String operator) {
    return switch (operator) {
      case "LAMBDA", "DESTRUCTURING-BIND" -> "lw";
      case "LET", "LET*", "SYMBOL-MACROLET" -> "Bw";
      case "FLET", "LABELS", "MACROLET" -> "fw";
      case "CASE", "CCASE", "ECASE" -> "wk";
      case "TYPECASE", "CTYPECASE", "ETYPECASE", "DEFPACKAGE" -> "wb";
      case "DEFUN",
          "DEFMACRO",
          "DEFTYPE",
          "DEFSETF",
          "DEFINE-SETF-EXPANDER",
          "DEFINE-MODIFY-MACRO" ->
          "wlw";
      case "DEFMETHOD" -> "wqlw";
      case "DO", "DO*" -> "Bbw";
      case "DO-ALL-SYMBOLS",
          "DO-EXTERNAL-SYMBOLS",
          "DO-SYMBOLS",
          "DOLIST",
          "DOTIMES",
          "PROG",
          "PROG*" ->
          "bw";
      case "DECLARE", "DECLAIM" -> "d";
      default -> "";
    };
  }

  /** Prints the next element of the list that this lays out. */
  void element(Datum datum, LispWriter out) {
    char kind = kinds.charAt(at);
    if (kind == 'q') {
      // The lambda list comes later if a qualifier is here.
      kind = datum instanceof Cons ? 'l' : 'w';
      at = datum instanceof Cons ? at + 2 : at + 1;
    } else if (kind == 'p') {
      parameter = parameterKind(datum, parameter);
      kind = parameter;
    } else {
      at = Math.min(at + 1, kinds.length() - 1);
    }
    out.then(part(datum, kind));
  }

  /**
   * True if SBCL breaks the line at the end of the list: behind a local function's lambda list it
   * always does.
   */
  boolean breaksBeforeEnd() {
    return kinds.equals(LOCAL_FUNCTION) && at == 2;
  }

  private static Printable part(Datum datum, char kind) {
    if (datum instanceof Cons list && kind != 'w') {
      return new ListPrinting(list, new FormLayout(inside(kind)));
    }
    boolean emptyList = datum == Symbol.NIL && kind != 'w' && kind != 'd';
    return emptyList ? Literal.EMPTY_LIST : datum;
  }

  /** Returns the kinds of what a list of {@code kind} holds. */
  private static String inside(char kind) {
    return switch (kind) {
      case 'B' -> "b";
      case 'k' -> "bw";
      case 'l' -> "p";
      case 'f' -> "g";
      case 'g' -> LOCAL_FUNCTION;
      case 'd' -> "d";
      default -> "w";
    };
  }

  private static char parameterKind(Datum datum, char kind) {
    if (datum instanceof Symbol symbol && symbol.isAccessible()) {
      return switch (symbol.name()) {
        case "&KEY" -> 'k';
        case "&OPTIONAL", "&REST", "&BODY", "&AUX" -> 'b';
        default -> kind;
      };
    }
    return kind;
  }
}
