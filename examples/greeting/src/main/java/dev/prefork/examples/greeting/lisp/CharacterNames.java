package dev.prefork.examples.greeting.lisp;

import java.util.Locale;

/** Names of characters: SBCL's own for controls, Unicode's with underscores for the rest. */
final class CharacterNames {
  /** U+0000 to U+0020, in order; the second word of a pair is another name for the character. */
  private static final String LOW =
      "Nul:Null Soh Stx Etx Eot Enq Ack Bel Backspace:Bs Tab:Ht Newline:Linefeed:Lf:Nl Vt Page:Form:Formfeed:Ff:Np"
          + " Return:Cr So Si Dle Dc1 Dc2 Dc3 Dc4 Nak Syn Etb Can Em Sub Esc:Escape:Altmode:Alt Fs Gs Rs Us Space:Sp";

  /** U+007F to U+009F, in order. */
  private static final String HIGH =
      "Rubout:Delete:Del C80 C81 Break-Permitted No-Break-Permitted C84 Next-Line Start-Selected-Area End-Selected-Area"
          + " Character-Tabulation-Set Character-Tabulation-With-Justification Line-Tabulation-Set Partial-Line-Forward"
          + " Partial-Line-Backward Reverse-Linefeed Single-Shift-Two Single-Shift-Three Device-Control-String"
          + " Private-Use-One Private-Use-Two Set-Transmit-State Cancel-Character Message-Waiting Start-Guarded-Area"
          + " End-Guarded-Area Start-String C99 Single-Character-Introducer Control-Sequence-Introducer String-Terminator"
          + " Operating-System-Command Privacy-Message Application-Program-Command";

  private static final int HANGUL_FIRST = 0xac00;
  private static final int HANGUL_LAST = 0xd7a3;
  private static final String HANGUL = "HANGUL_SYLLABLE_";
  private static final String[] LEADS = "G,GG,N,D,DD,R,M,B,BB,S,SS,,J,JJ,C,K,T,P,H".split(",", -1);
  private static final String[] VOWELS =
      "A,AE,YA,YAE,EO,E,YEO,YE,O,WA,WAE,OE,YO,U,WEO,WE,WI,YU,EU,YI,I".split(",", -1);
  private static final String[] TAILS =
      ",G,GG,GS,N,NJ,NH,D,L,LG,LM,LB,LS,LT,LP,LH,M,B,BS,S,SS,NG,J,C,K,T,P,H".split(",", -1);

  private CharacterNames() {}

  /**
   * Returns the name of a character, {@code U} and its code in hexadecimal if Unicode names it by
   * no words.
   */
  static String nameOf(int code) {
    if (code <= ' ') {
      return entry(LOW, code);
    }
    if (code >= 0x7f && code <= 0x9f) {
      return entry(HIGH, code - 0x7f);
    }
    if (code >= HANGUL_FIRST && code <= HANGUL_LAST) {
      return HANGUL + hangul(code - HANGUL_FIRST);
    }
    String name = hasName(code) ? Character.getName(code) : null;
    String hex = Integer.toHexString(code).toUpperCase(Locale.ROOT);
    // Java gives what has no name of its own the name of its block and its code.
    return name == null || name.endsWith(' ' + hex) ? 'U' + hex : name.replace(' ', '_');
  }

  /** Returns the character called {@code name} in whatever case, or -1. */
  static int codeOf(String name) {
    int code = find(LOW, name);
    if (code >= 0) {
      return code;
    }
    code = find(HIGH, name);
    if (code >= 0) {
      return 0x7f + code;
    }
    if (name.length() == 2 && name.charAt(0) == '^') {
      int control = SymbolNames.upcase(name.charAt(1)) - '@';
      return control >= 0 && control < ' ' ? control : -1;
    }
    code = hexadecimal(name);
    return code != -1 ? code : unicode(name);
  }

  /**
   * {@code U41} or {@code U+41}: returns the code, -1 if it is not written so, and a code beyond
   * Unicode as it is.
   */
  private static int hexadecimal(String name) {
    int start = name.startsWith("+", 1) ? 2 : 1;
    if ((name.charAt(0) != 'U' && name.charAt(0) != 'u') || start == name.length()) {
      return -1;
    }
    int code = 0;
    for (int i = start; i < name.length(); i++) {
      int digit = NumberSyntax.digit(name.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = Math.min(code * 16 + digit, Character.MAX_CODE_POINT + 1);
    }
    return code;
  }

  private static int unicode(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x7f || name.charAt(i) == ' ') {
        return -1;
      }
    }
    if (name.regionMatches(true, 0, HANGUL, 0, HANGUL.length())) {
      return syllable(name.substring(HANGUL.length()).toUpperCase(Locale.ROOT));
    }
    try {
      int code = Character.codePointOf(name.replace('_', ' '));
      return code > 0x9f || (code > ' ' && code < 0x7f)
          ? (isUnicodeName(code, name) ? code : -1)
          : -1;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static boolean isUnicodeName(int code, String name) {
    return name.equalsIgnoreCase(nameOf(code));
  }

  private static boolean hasName(int code) {
    int type = Character.getType(code);
    return type != Character.PRIVATE_USE
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  /** Names of syllables are made of their parts' (Unicode 3.12, Conjoining Jamo Behavior). */
  private static String hangul(int index) {
    int perLead = VOWELS.length * TAILS.length;
    int vowel = index / TAILS.length % VOWELS.length;
    return LEADS[index / perLead] + VOWELS[vowel] + TAILS[index % TAILS.length];
  }

  /** Returns the syllable that {@link #hangul} names so, or -1. */
  private static int syllable(String name) {
    for (int lead = 0; lead < LEADS.length; lead++) {
      for (int vowel = 0; name.startsWith(LEADS[lead]) && vowel < VOWELS.length; vowel++) {
        String begin = LEADS[lead] + VOWELS[vowel];
        for (int tail = 0; name.startsWith(begin) && tail < TAILS.length; tail++) {
          if (name.equals(begin + TAILS[tail])) {
            return HANGUL_FIRST + (lead * VOWELS.length + vowel) * TAILS.length + tail;
          }
        }
      }
    }
    return -1;
  }

  private static String entry(String table, int index) {
    String names = table.split(" ", -1)[index];
    int alias = names.indexOf(':');
    return alias < 0 ? names : names.substring(0, alias);
  }

  private static int find(String table, String name) {
    if (name.indexOf(' ') >= 0 || name.indexOf(':') >= 0) {
      return -1;
    }
    int index = 0;
    for (String names : table.split(" ", -1)) {
      for (String candidate : names.split(":", -1)) {
        if (candidate.equalsIgnoreCase(name)) {
          return index;
        }
      }
      index++;
    }
    return -1;
  }
}
