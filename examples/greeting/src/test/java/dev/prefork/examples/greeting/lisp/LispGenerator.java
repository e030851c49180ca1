package dev.prefork.examples.greeting.lisp;

import java.util.Random;

/**
 * Makes data that use all of the syntax, mostly well, sometimes not. The same seed makes the same
 * data.
 */
final class LispGenerator {
  private static final String[] OPERATORS = {
    "quote",
    "function",
    "lambda",
    "let",
    "let*",
    "flet",
    "labels",
    "case",
    "typecase",
    "defun",
    "defmethod",
    "defpackage",
    "destructuring-bind",
    "do",
    "dolist",
    "prog",
    "declare",
    "cond",
    "if",
    "loop",
    "setq",
    "foo"
  };
  private static final String[] SYMBOLS = {
    "nil",
    "t",
    "car",
    "cl:car",
    "cl::list",
    "cl-user::foo",
    "cl-user::car",
    ":key",
    "keyword:k",
    "prefork-example-simple::x",
    "nosuch:x",
    "cl:nosuch",
    "::a",
    ":|a|",
    "a:b:c",
    "x:",
    "&key",
    "cl-user::(a b)",
    "é",
    "É",
    "ß",
    "ﬁ",
    "Ж",
    "中",
    "½",
    "²a",
    "Å"
  };
  private static final String[] CHARACTERS = {
    "Space",
    "newline",
    "TAB",
    "rubout",
    "Null",
    "Page",
    "return",
    "backspace",
    "esc",
    "Bel",
    "bell",
    "U+41",
    "u3b1",
    "LATIN_SMALL_LETTER_E_WITH_ACUTE",
    "foo",
    "ab",
    "U110000",
    "^a",
    "NO-BREAK_SPACE",
    "HANGUL_SYLLABLE_HAN",
    "c80",
    "a",
    "Z",
    "(",
    ")",
    ";",
    "\"",
    "|",
    "\\",
    " ",
    "é",
    "中",
    "😀"
  };
  private static final String[] FEATURES = {
    "sbcl", "foo", "unix", "linux", ":ansi-cl", "common-lisp", "windows", "nil", "1", "x:y"
  };
  private static final String[] ODDITIES = {
    "#.", "#S", "#<", "#)", "# ", "#!", "#z", "#", "##", "#=", "#|", "\"", ".", "..", "#A", "#C",
    "#P", "#R", "#37r1", "#1r1", "\\", "|", ")"
  };

  private final Random random;

  LispGenerator(Random random) {
    this.random = random;
  }

  /** Returns a datum, or something like one, nested up to {@code depth}. */
  String datum(int depth) {
    if (depth <= 0) {
      return chance(60) ? symbol() : number();
    }
    return switch (random.nextInt(20)) {
      case 0, 1 -> symbol();
      case 2, 3 -> number();
      case 4 -> '"' + letters("ab \\\\\n\t;|é😀", 6).replace("\\", "\\\\") + '"';
      case 5 -> "#\\" + pick(CHARACTERS);
      case 6 -> "#p\"" + path() + '"';
      case 7, 8, 9, 10 -> list(depth);
      case 11 -> pick("'", "#'", "' ") + datum(depth - 1);
      case 12 -> "`" + datum(depth - 1);
      case 13 -> pick(",", ",@", ",.", ", ") + datum(depth - 1);
      case 14 -> "#" + pick("", "", "2", "3", "0") + "(" + data(depth) + ")";
      case 15 -> "#" + pick("", "", "3") + "*" + letters("01", 4);
      case 16 -> array(depth);
      case 17 -> pick("#+", "#-") + feature(2) + " " + datum(depth - 1) + " " + datum(depth - 1);
      case 18 -> label();
      default -> rare(depth);
    };
  }

  private String rare(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> pick("#|x|#", "#| #|y|# \"|#", ";c\n") + datum(depth - 1);
      case 1 -> "#:" + symbol();
      case 2 -> "#c(" + number() + " " + number() + ")";
      default -> pick(ODDITIES) + datum(depth - 1);
    };
  }

  private String symbol() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> 'x' + letters("abcxyzABC-*+/<>=!?%&$_^~@.0123[]{}", 5);
      case 2 -> letters("abXY-*+/<>1", 3) + "a";
      case 3 -> '|' + letters("aB 1;\"('.,#\n\t:", 5) + '|';
      case 4 -> pick(SYMBOLS);
      default -> pick(OPERATORS);
    };
  }

  private String number() {
    return switch (random.nextInt(6)) {
      case 0 -> 1 + letters("0123456789012+-./eEdDsSfFlL^_a", 7);
      case 1 -> pick("", "-", "+") + digits(25) + pick("", ".");
      case 2 -> pick("", "-", "+") + digits(20) + "/" + digits(15);
      case 3 -> pick("#b", "#o", "#x", "#3r", "#36R") + pick("", "-") + letters("0101017aFz/.", 6);
      default -> decimal();
    };
  }

  private String decimal() {
    int exponent = chance(70) ? random.nextInt(17) - 8 : random.nextInt(660) - 340;
    String mantissa = digits(9) + "." + digits(9);
    return pick("", "-", "+") + mantissa + (chance(30) ? "" : pick("e", "d", "s", "F") + exponent);
  }

  private String list(int depth) {
    String head = chance(35) ? pick(OPERATORS) + " " : "";
    String tail = chance(15) ? " . " + datum(depth - 1) : chance(4) ? " ." : "";
    return "(" + head + data(depth) + tail + (chance(98) ? ")" : "");
  }

  private String data(int depth) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(datum(depth - 1)).append(' ');
    }
    return out.toString();
  }

  private String array(int depth) {
    int rank = random.nextInt(4);
    return "#" + rank + pick("A", "a") + rows(rank, random.nextInt(3), depth);
  }

  private String rows(int rank, int length, int depth) {
    if (rank == 0) {
      return chance(20) ? datum(depth - 2) : Integer.toString(random.nextInt(10));
    }
    StringBuilder out = new StringBuilder(chance(90) ? "(" : "#(");
    for (int i = chance(97) ? length : length + 1; i > 0; i--) {
      out.append(rows(rank - 1, length, depth)).append(' ');
    }
    return out.append(')').toString();
  }

  private String feature(int depth) {
    if (depth == 0 || chance(60)) {
      return pick(FEATURES);
    }
    StringBuilder out = new StringBuilder("(").append(pick("and", "or", "not", "not", "xor"));
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(' ').append(feature(depth - 1));
    }
    return out.append(')').toString();
  }

  /** A label of something that holds no others, so that nothing is circular. */
  private String label() {
    String number = Integer.toString(random.nextInt(4));
    return chance(60) ? "#" + number + "=" + datum(0) : "#" + number + "#";
  }

  private String path() {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(pick("a", "b", ".", "/", "*", "?", "[c]", "..", "**", "\\\\\\\\", "é"));
    }
    return out.toString();
  }

  private String digits(int most) {
    return letters("0123456789", most - 1) + random.nextInt(10);
  }

  private String letters(String alphabet, int most) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      out.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return out.toString();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
