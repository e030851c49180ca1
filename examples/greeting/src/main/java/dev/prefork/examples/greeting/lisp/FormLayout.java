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
 *   <li>{@code f}: a list of local functions
 *   <li>{@code d}: a declaration, in full at every depth
 *   <li>{@code q}: a method's qualifier if it is an atom, or else its lambda list
 * </ul>
 */
final class FormLayout {
  private FormLayout() {}

  /** Returns the layout of the forms of {@code operator}, empty if they print as other lists do. */
  static String of(String operator) {
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
      case "DEFMETHOD" -> "wqw";
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

  /** Prints a form that begins with an operator. */
  static void print(Cons form, String layout, LispWriter out) throws LispReadException {
    out.append('(');
    form.car().print(out);
    Datum rest = form.cdr();
    int at = 0;
    boolean qualified = false;
    while (rest instanceof Cons next) {
      out.append(' ');
      char kind = qualified ? 'l' : layout.charAt(at);
      qualified = kind == 'q' && !(next.car() instanceof Cons);
      part(next.car(), kind == 'q' ? (qualified ? 'w' : 'l') : kind, out);
      at = Math.min(at + 1, layout.length() - 1);
      rest = next.cdr();
    }
    Cons.printTail(rest, out);
  }

  private static void part(Datum datum, char kind, LispWriter out) throws LispReadException {
    if (kind == 'w' || !isList(datum)) {
      datum.print(out);
    } else if (kind == 'd') {
      out.enterRaw();
      datum.print(out);
      out.leaveRaw();
    } else if (!(datum instanceof Cons list)) {
      out.append("()");
    } else if (kind == 'l') {
      lambdaList(list, out);
    } else if (kind == 'f') {
      localFunctions(list, out);
    } else {
      block(list, kind, out);
    }
  }

  private static void block(Cons list, char kind, LispWriter out) throws LispReadException {
    out.append('(');
    part(list.car(), kind == 'b' ? 'w' : 'b', out);
    Datum rest = list.cdr();
    while (rest instanceof Cons next) {
      out.append(' ');
      part(next.car(), kind == 'B' ? 'b' : 'w', out);
      rest = next.cdr();
    }
    Cons.printTail(rest, out);
  }

  private static void lambdaList(Cons list, LispWriter out) throws LispReadException {
    out.append('(');
    char kind = 'b';
    Datum rest = list;
    while (rest instanceof Cons next) {
      if (rest != list) {
        out.append(' ');
      }
      kind = parameterKind(next.car(), kind);
      part(next.car(), kind, out);
      rest = next.cdr();
    }
    Cons.printTail(rest, out);
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

  /**
   * Prints {@code ((NAME LAMBDA-LIST …) …)}; SBCL always breaks the line behind a local function's
   * lambda list.
   */
  private static void localFunctions(Cons list, LispWriter out) throws LispReadException {
    out.append('(');
    Datum rest = list;
    while (rest instanceof Cons next) {
      if (rest != list) {
        out.append(' ');
      }
      if (next.car() instanceof Cons function) {
        localFunction(function, out);
      } else {
        part(next.car(), 'b', out);
      }
      rest = next.cdr();
    }
    Cons.printTail(rest, out);
  }

  private static void localFunction(Cons function, LispWriter out) throws LispReadException {
    out.append('(');
    function.car().print(out);
    Datum rest = function.cdr();
    if (rest instanceof Cons parameters) {
      out.append(' ');
      part(parameters.car(), 'l', out);
      rest = parameters.cdr();
      if (rest == Symbol.NIL) {
        out.append(' ');
      }
    }
    while (rest instanceof Cons next) {
      out.append(' ');
      next.car().print(out);
      rest = next.cdr();
    }
    Cons.printTail(rest, out);
  }

  private static boolean isList(Datum datum) {
    return datum instanceof Cons || datum == Symbol.NIL;
  }
}
