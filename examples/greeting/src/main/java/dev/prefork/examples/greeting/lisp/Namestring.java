package dev.prefork.examples.greeting.lisp;

/**
 * Unix namestrings as SBCL parses and prints them: directories, a name and a type, with wild cards.
 */
final class Namestring {
  private Namestring() {}

  /**
   * Returns {@code text} parsed and printed again: empty directories and needless escapes go.
   *
   * @throws LispReadException if an escape or a bracket does not end within its part
   */
  static String canonical(String text) throws LispReadException {
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
      if (slash > start) {
        // A home directory first is a user's name, in which nothing is wild or escaped.
        boolean home = start == 0 && text.charAt(0) == '~';
        String directory = text.substring(start, slash);
        out.append(home ? directory : part(directory));
      }
      if (slash > start || slash == 0) {
        out.append('/');
      }
      start = slash + 1;
    }
    appendFile(text.substring(start), out);
    return out.toString();
  }

  /**
   * Appends name and type. An escaped dot stays escaped where it would otherwise divide them
   * elsewhere.
   */
  private static void appendFile(String file, StringBuilder out) throws LispReadException {
    int dot = typeDot(file);
    if (dot < 0) {
      String name = part(file);
      int last = name.lastIndexOf('.');
      boolean divides = last > 0 && file.contains("\\.") && !isWild(file);
      out.append(divides ? name.substring(0, last) + "\\" + name.substring(last) : name);
      return;
    }
    out.append(part(file.substring(0, dot)));
    out.append('.');
    String type = part(file.substring(dot + 1));
    int last = type.lastIndexOf('.');
    out.append(last < 0 ? type : type.substring(0, last) + "\\" + type.substring(last));
  }

  /**
   * Returns where the last dot is that is neither escaped nor the first character; -1 if there is
   * none.
   */
  private static int typeDot(String file) {
    int dot = -1;
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '.' && i > 0) {
        dot = i;
      }
    }
    return dot;
  }

  private static boolean isWild(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if ("*?[".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns a part with only those escapes that keep a character from being wild. */
  private static String part(String text) throws LispReadException {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[') {
        int close = text.indexOf(']', i);
        if (close < 0) {
          throw new LispReadException("bracket without end in a namestring");
        }
        out.append(text, i, close + 1);
        i = close;
      } else if (c != '\\') {
        out.append(c);
      } else if (i + 1 == text.length()) {
        throw new LispReadException("escape before nothing in a namestring");
      } else {
        i++;
        if ("\\*?[".indexOf(text.charAt(i)) >= 0) {
          out.append('\\');
        }
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
