package dev.prefork.examples.greeting.lisp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@code #} begins (CLHS 2.4.8). */
final class SharpMacros {
  private final LispReader reader;
  private final CharacterSource source;
  private final Budget budget;
  private final Labels labels;

  SharpMacros(LispReader reader, CharacterSource source, Budget budget, Labels labels) {
    this.reader = reader;
    this.source = source;
    this.budget = budget;
    this.labels = labels;
  }

  /**
   * Reads what follows {@code #}: returns a complete datum, or null if a form was opened or
   * skipped.
   */
  @Nullable Datum read() throws LispReadException, IOException {
    StringBuilder digits = new StringBuilder();
    int c = source.require("after #");
    while (NumberSyntax.digit(c, 10) >= 0) {
      if (digits.length() == Limits.DIGITS) {
        throw new LispReadException("number of more than " + Limits.DIGITS + " digits");
      }
      digits.append((char) ('0' + NumberSyntax.digit(c, 10)));
      c = source.require("after #");
    }
    return dispatch(c, digits.toString());
  }

  private @Nullable Datum dispatch(int c, String digits) throws LispReadException, IOException {
    ReadContext context = reader.context();
    char macro = c < 0x80 ? (char) SymbolNames.upcase(c) : 0;
    return switch (macro) {
      case '|' -> skipComment();
      case '+', '-' -> reader.open(new OpenFeature(context, c == '+', budget));
      case '\\' -> character(context);
      case ':' -> uninterned(context);
      case '*' -> bits(digits, context);
      case 'B', 'O', 'X', 'R' -> radix(macro, digits, context);
      case '=' -> label(digits, context);
      case '#' -> reference(digits, context);
      case '(' -> reader.open(new OpenVector(context, budget, vectorLength(digits, context)));
      case '\'' -> reader.open(new OpenPrefix(context, "#'"));
      case 'A' ->
          reader.open(new OpenSharp(context.withoutBackquotes(), 'A', length(digits), budget));
      case 'C', 'P' -> reader.open(new OpenSharp(context, macro, OpenSharp.NONE, budget));
      case '.', 'S' -> refused(macro, context);
      default -> unknown(c, context);
    };
  }

  private static int vectorLength(String digits, ReadContext context) {
    return context.suppress() ? OpenVector.AS_GIVEN : length(digits);
  }

  /**
   * Nothing is evaluated, and there are no structures: only where they are skipped these are no
   * errors.
   */
  private @Nullable Datum refused(char macro, ReadContext context) throws LispReadException {
    if (!context.suppress()) {
      throw new LispReadException("#" + macro + " is not supported");
    }
    return reader.open(new OpenSharp(context, macro, OpenSharp.NONE, budget));
  }

  private static @Nullable Datum unknown(int c, ReadContext context) throws LispReadException {
    boolean illegal = c == '<' || c == ')' || c == '\b' || LispReader.isWhitespace(c);
    if (illegal || !context.suppress()) {
      throw new LispReadException("unknown dispatch character after #");
    }
    return null;
  }

  private @Nullable Datum skipComment() throws LispReadException, IOException {
    int depth = 1;
    int before = 0;
    while (depth > 0) {
      int c = source.require("inside a comment");
      if (before == '|' && c == '#') {
        depth--;
        c = 0;
      } else if (before == '#' && c == '|') {
        depth++;
        c = 0;
      }
      before = c;
    }
    return null;
  }

  private Datum character(ReadContext context) throws LispReadException, IOException {
    Token token = new Token();
    token.addEscaped(source.require("after #\\"));
    reader.readToken(source.next(), token);
    if (context.suppress()) {
      return Symbol.NIL;
    }
    String name = token.raw();
    if (name.codePointCount(0, name.length()) == 1) {
      return new LispCharacter(name.codePointAt(0));
    }
    int code = CharacterNames.codeOf(name);
    if (code < 0 || code > Character.MAX_CODE_POINT) {
      throw new LispReadException("no character named " + LispReadException.excerpt(name));
    }
    return new LispCharacter(code);
  }

  private Datum uninterned(ReadContext context) throws LispReadException, IOException {
    Token token = new Token();
    reader.readToken(source.next(), token);
    if (context.suppress()) {
      return Symbol.NIL;
    }
    if (token.colon() != Token.NONE) {
      throw new LispReadException("package marker after #:");
    }
    if (!token.isEscaped() && (isInteger(token.raw()) || isInteger(token.name()))) {
      throw new LispReadException("number after #:");
    }
    return Symbol.of(Symbol.UNINTERNED, token.name());
  }

  private static boolean isInteger(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (NumberSyntax.digit(text.charAt(i), 10) < 0) {
        return false;
      }
    }
    return start < text.length();
  }

  private Datum bits(String digits, ReadContext context) throws LispReadException, IOException {
    Token token = new Token();
    reader.readToken(source.next(), token);
    if (context.suppress()) {
      return Symbol.NIL;
    }
    if (token.isEscaped()) {
      throw new LispReadException("escape character in a bit vector");
    }
    String raw = token.raw();
    StringBuilder bits = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      int bit = NumberSyntax.digit(raw.charAt(i), 2);
      if (bit < 0) {
        throw new LispReadException("element of a bit vector is neither 0 nor 1");
      }
      bits.append(bit);
    }
    int length = length(digits);
    if (length != OpenVector.AS_GIVEN) {
      fill(bits, length);
    }
    return new BitVector(bits.toString());
  }

  private void fill(StringBuilder bits, int length) throws LispReadException {
    if (bits.length() > length) {
      throw new LispReadException("bit vector longer than its length " + length);
    }
    if (bits.isEmpty() && length > 0) {
      throw new LispReadException("bit vector of length " + length + " without a bit to fill it");
    }
    budget.charge(length);
    if (length > bits.length()) {
      bits.append(bits.substring(bits.length() - 1).repeat(length - bits.length()));
    }
  }

  private @Nullable Datum radix(char c, String digits, ReadContext context)
      throws LispReadException, IOException {
    if (context.suppress()) {
      reader.readToken(source.next(), new Token());
      return Symbol.NIL;
    }
    int radix = c == 'B' ? 2 : c == 'O' ? 8 : c == 'X' ? 16 : length(digits);
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw new LispReadException("#R without a radix of 2 to 36");
    }
    return reader.open(new OpenSharp(context.withRadix(radix), 'R', OpenSharp.NONE, budget));
  }

  /** A skipped label is no datum: the one behind it is. */
  private @Nullable Datum label(String digits, ReadContext context) throws LispReadException {
    if (context.suppress()) {
      return null;
    }
    return reader.open(new OpenLabel(context, labels, labelNumber(digits)));
  }

  private Datum reference(String digits, ReadContext context) throws LispReadException {
    return context.suppress() ? Symbol.NIL : labels.get(labelNumber(digits));
  }

  private static String labelNumber(String digits) throws LispReadException {
    if (digits.isEmpty()) {
      throw new LispReadException("label without a number");
    }
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.substring(zeros);
  }

  /**
   * Returns the number between {@code #} and the macro's character: -1 for none, and the greatest
   * int for any beyond.
   */
  private static int length(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      value = Math.min(value * 10 + digits.charAt(i) - '0', Integer.MAX_VALUE);
    }
    return (int) value;
  }
}
