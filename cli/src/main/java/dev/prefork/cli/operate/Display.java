package dev.prefork.cli.operate;

import dev.prefork.posix.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * What standard output can show.
 *
 * @param terminal whether it is a terminal that understands more than lines
 * @param color whether colours are welcome
 * @param unicode whether blocks can be drawn
 */
record Display(boolean terminal, boolean color, boolean unicode) {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  static final Display PLAIN = new Display(false, false, false);

  /** Looks at this process's standard output, unless the results go elsewhere. */
  static Display of(PrintStream out, Map<String, String> env) {
    boolean ours = out.equals(System.out);
    boolean dumb = env.getOrDefault("TERM", "dumb").equals("dumb");
    if (!ours || dumb || !Terminal.isTerminal(STDIN) || !Terminal.isTerminal(STDOUT)) {
      return PLAIN;
    }
    String charset = System.getProperty("stdout.encoding", "").toUpperCase(Locale.ROOT);
    boolean color = env.getOrDefault("NO_COLOR", "").isEmpty(); // https://no-color.org
    return new Display(true, color, charset.startsWith("UTF"));
  }

  static Terminal.Size size() {
    return Terminal.size(STDOUT);
  }

  /** Text in a colour or style of ECMA-48, if that is welcome. */
  String paint(String style, String text) {
    return color ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }
}
