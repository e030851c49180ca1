package dev.prefork.examples.greeting.lisp;

/** A character. */
final class LispCharacter extends Datum {
  private final int code;

  /** Makes the character of a code point, which may be a surrogate. */
  LispCharacter(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append("#\\");
    if (code >= ' ' && code < 0x7f) {
      out.append((char) code);
    } else {
      out.append(CharacterNames.nameOf(code));
    }
  }
}
