package dev.prefork.examples.greeting.lisp;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one datum as SBCL's {@code read} does with the standard readtable, in the package
 * PREFORK-EXAMPLE-SIMPLE, and evaluates nothing: {@code #.} is refused.
 *
 * <p>It reads no byte behind the one that ends the datum, nests without recursion and refuses what
 * exceeds {@link Limits}.
 */
public final class LispReader {
  private final CharacterSource source;
  private final Budget budget = new Budget();
  private final Labels labels = new Labels();
  private final SharpMacros sharp;
  private @Nullable OpenForm open;
  private int depth;

  /** Reads from {@code in}, byte by byte: the caller buffers and closes it. */
  public LispReader(InputStream in) {
    this.source = new CharacterSource(in);
    this.sharp = new SharpMacros(this, source, budget, labels);
  }

  /**
   * Reads the datum; call this once.
   *
   * @return the datum
   * @throws LispReadException if what is there is no datum, or one beyond the limits
   * @throws IOException if the stream throws it
   */
  public Datum read() throws LispReadException, IOException {
    try {
      for (; ; ) {
        Datum datum = next();
        while (datum != null) {
          OpenForm form = open;
          if (form == null) {
            return datum;
          }
          datum = form.accept(datum);
          if (datum != null || form.isGone()) {
            pop(form);
          }
        }
      }
    } catch (LispReadException e) {
      throw e.isPlaced() ? e : source.error(String.valueOf(e.getMessage()));
    }
  }

  /** What holds for the next datum. */
  ReadContext context() {
    return open == null ? ReadContext.TOP : open.context();
  }

  /**
   * Makes {@code form} the one that takes the next datum; returns null, for there is no datum yet.
   */
  @Nullable Datum open(OpenForm form) throws LispReadException {
    if (depth == Limits.DEPTH) {
      throw new LispReadException("nested more than " + Limits.DEPTH + " deep");
    }
    depth++;
    form.openIn(open);
    open = form;
    return null;
  }

  private void pop(OpenForm form) {
    depth--;
    open = form.outer();
  }

  /**
   * Reads up to the next thing that counts: returns a complete datum, or null if a form was opened
   * or skipped.
   */
  private @Nullable Datum next() throws LispReadException, IOException {
    int c = source.require("before the datum is complete");
    return switch (c) {
      case '(' -> open(new OpenList(context(), budget));
      case ')' -> close();
      case '\'' -> open(new OpenPrefix(context(), "'"));
      case '`' -> open(new OpenPrefix(context().withMoreBackquotes(1), "`"));
      case ',' -> comma();
      case ';' -> skipLine();
      case '"' -> string();
      case '#' -> sharp.read();
      default -> isWhitespace(c) ? null : token(c);
    };
  }

  private Datum close() throws LispReadException {
    OpenForm form = open;
    if (form == null) {
      throw new LispReadException("unmatched close parenthesis");
    }
    Datum datum = form.close();
    pop(form);
    return datum;
  }

  private @Nullable Datum comma() throws LispReadException, IOException {
    ReadContext context = context();
    if (context.backquotes() == 0) {
      if (context.suppress()) {
        return Symbol.NIL;
      }
      throw new LispReadException("comma not inside a backquote");
    }
    int c = source.require("after a comma");
    String prefix = c == '@' ? ",@" : c == '.' ? ",." : ",";
    if (prefix.length() == 1) {
      source.unread(c);
    }
    return open(new OpenPrefix(context.withMoreBackquotes(-1), prefix));
  }

  private @Nullable Datum skipLine() throws LispReadException, IOException {
    int c = source.next();
    while (c != '\n' && c != CharacterSource.END) {
      c = source.next();
    }
    return null;
  }

  private Datum string() throws LispReadException, IOException {
    StringBuilder content = new StringBuilder();
    for (; ; ) {
      int c = source.require("inside a string");
      if (c == '"') {
        return new LispString(content.toString());
      }
      content.appendCodePoint(c == '\\' ? source.require("inside a string") : c);
    }
  }

  private @Nullable Datum token(int first) throws LispReadException, IOException {
    Token token = new Token();
    int end = readToken(first, token);
    ReadContext context = context();
    if (context.suppress()) {
      return Symbol.NIL;
    }
    if (token.isDots()) {
      return dots(token.raw());
    }
    if (token.colon() != Token.NONE) {
      return qualified(token, end);
    }
    Real number = token.isEscaped() ? null : NumberSyntax.parse(token.raw(), context.radix());
    return number != null ? number : context.home().intern(token.name());
  }

  private @Nullable Datum dots(String dots) throws LispReadException {
    if (dots.length() > 1) {
      throw new LispReadException("too many dots");
    }
    if (open == null) {
      throw new LispReadException("dot outside a list");
    }
    open.dot();
    return null;
  }

  /**
   * Finds a symbol with a package prefix; SBCL's {@code package::(…)} reads the datum behind in
   * that package.
   */
  private @Nullable Datum qualified(Token token, int end) throws LispReadException {
    if (token.hasTooManyColons()) {
      throw new LispReadException("too many colons in " + LispReadException.excerpt(token.raw()));
    }
    String name = token.name();
    LispPackage home =
        token.isKeyword()
            ? LispPackage.KEYWORD
            : LispPackage.named(name.substring(0, token.colon()));
    if (!token.endsInColon()) {
      String rest = name.substring(token.colon());
      return token.colons() == 1 ? home.external(rest) : home.intern(rest);
    }
    if (token.colons() == 1 || end == CharacterSource.END) {
      throw new LispReadException(
          "nothing after the colon of " + LispReadException.excerpt(token.raw()));
    }
    return open(new OpenSharp(context().in(home), ':', OpenSharp.NONE, budget));
  }

  /**
   * Reads a token up to its delimiter, which {@code source} returns again.
   *
   * @param first its first character, or the delimiter itself: then the token is empty
   * @return the delimiter, or {@link CharacterSource#END}
   */
  int readToken(int first, Token token) throws LispReadException, IOException {
    int c = first;
    while (c != CharacterSource.END && !isDelimiter(c)) {
      if (c == '\\') {
        token.addEscaped(source.require("after an escape character"));
      } else if (c == '|') {
        readBars(token);
      } else if (c == '\b' || c == 0x7f) {
        throw new LispReadException("invalid constituent character");
      } else {
        token.add(c);
      }
      c = source.next();
    }
    source.unread(c);
    return c;
  }

  private void readBars(Token token) throws LispReadException, IOException {
    token.escape();
    for (int c = bar(); c != '|'; c = bar()) {
      token.addEscaped(c == '\\' ? bar() : c);
    }
  }

  private int bar() throws LispReadException, IOException {
    return source.require("inside |...|");
  }

  private static boolean isDelimiter(int c) {
    return switch (c) {
      case '"', '\'', '(', ')', ',', ';', '`' -> true;
      default -> isWhitespace(c);
    };
  }

  /** White space of the standard readtable (CLHS 2.1.4.7); backspace and rubout are not. */
  static boolean isWhitespace(int c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }
}
