package dev.prefork.cli.operate;

/** How many columns of a terminal a text takes. */
final class Width {
  private static final String MORE = "…";

  private Width() {}

  /** The columns of a printable text. */
  static int of(String text) {
    return text.codePoints().map(Width::of).sum();
  }

  /** By Unicode's East Asian Width, as far as its blocks tell it: wcwidth(3) knows more. */
  private static int of(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f) // Hangul that begins a syllable
            || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f) // radicals, kana, han, Yi
            || (c >= 0xac00 && c <= 0xd7a3) // Hangul
            || (c >= 0xf900 && c <= 0xfaff) // compatibility ideographs
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60) // full-width forms
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff) // pictographs
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }

  /** Cut to so many columns; what is missing is shown. */
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      if (used + of(c) > columns - 1) {
        break;
      }
      used += of(c);
      cut.appendCodePoint(c);
    }
    return columns < 1 ? "" : cut + MORE;
  }

  /** Filled up with spaces on the right. */
  static String left(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** Filled up with spaces on the left. */
  static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text))) + text;
  }
}
