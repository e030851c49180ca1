package dev.prefork.examples.greeting.lisp;

import java.text.Normalizer;
import java.util.Locale;

/** How characters of symbol names are read and when a name needs {@code |…|} to be read back. */
final class SymbolNames {
  private SymbolNames() {}

  /**
   * Returns unescaped input as SBCL interns it: normalised to NFKC, then upcased character by
   * character.
   */
  static String intern(String input) {
    if (isAscii(input)) {
      return input.toUpperCase(Locale.ROOT);
    }
    String text = Normalizer.normalize(input, Normalizer.Form.NFKC);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out.appendCodePoint(upcase(c));
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /**
   * The upper case of letters that have both cases (CLHS 13.1.4.3): one letter to one letter and
   * back. Titles and Georgian, whose capitals are newer than SBCL's Unicode 10, stay.
   */
  static int upcase(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
    if (Character.getType(c) != Character.LOWERCASE_LETTER || (c >= 0x10d0 && c <= 0x10ff)) {
      return c;
    }
    int upper = Character.toUpperCase(c);
    return Character.getType(upper) == Character.UPPERCASE_LETTER
            && Character.toLowerCase(upper) == c
        ? upper
        : c;
  }

  /** True if the reader would make something else of the bare name. */
  static boolean needsBars(String name) {
    if (name.isEmpty() || isDots(name) || isPotentialNumber(name)) {
      return true;
    }
    boolean ascii = true;
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (c <= ' ' || (c >= 0x7f && c <= 0x9f) || upcase(c) != c || isSpecial(c)) {
        return true;
      }
      ascii &= c < 0x80;
      i += Character.charCount(c);
    }
    return !ascii && !Normalizer.isNormalized(name, Normalizer.Form.NFKC);
  }

  private static boolean isSpecial(int c) {
    return switch (c) {
      case '"', '#', '\'', '(', ')', ',', ':', ';', '\\', '`', '|' -> true;
      default -> false;
    };
  }

  private static boolean isDots(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /**
   * Potential numbers of base 10, which are no symbols even where they are no numbers (CLHS
   * 2.3.1.1).
   */
  private static boolean isPotentialNumber(String name) {
    char first = name.charAt(0);
    char last = name.charAt(name.length() - 1);
    boolean starts = isDigit(first) || "+-.^_".indexOf(first) >= 0;
    if (!starts || last == '+' || last == '-') {
      return false;
    }
    boolean digits = false;
    boolean letter = false;
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      boolean wasLetter = letter;
      letter = hasCase(c);
      digits |= isDigit(c);
      if (letter ? wasLetter : !isDigit(c) && "+-./^_".indexOf(c) < 0) {
        return false;
      }
      i += Character.charCount(c);
    }
    return digits;
  }

  private static boolean hasCase(int c) {
    int lower = Character.toLowerCase(c);
    return upcase(c) != c || (lower != c && upcase(lower) == c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
