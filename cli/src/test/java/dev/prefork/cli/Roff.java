package dev.prefork.cli;

/** A manual page in the macros of man(7). */
final class Roff {
  private final StringBuilder page;

  /**
   * Begins a page.
   *
   * @param generator how the page is written anew
   */
  Roff(String title, int section, String generator) {
    page = new StringBuilder(".\\\" " + generator + "\n");
    page.append(".TH ").append(title).append(' ').append(section);
    page.append(" \"\" \"prefork\" \"Prefork manual\"\n");
  }

  Roff section(String title) {
    page.append(".SH ").append(title).append('\n');
    return this;
  }

  /** Text: what stands in backquotes becomes bold, a word in angle brackets italic. */
  Roff text(String text) {
    page.append(inline(text)).append('\n');
    return this;
  }

  Roff paragraph(String text) {
    page.append(".PP\n");
    return text(text);
  }

  /** Text on a line of its own. */
  Roff line(String text) {
    page.append(".br\n");
    return text(text);
  }

  /** A term and its explanation. */
  Roff item(String term, String text) {
    page.append(".TP\n").append(inline(term)).append('\n');
    return text(text);
  }

  /** Lines as they are. */
  Roff example(String lines) {
    page.append(".PP\n.RS 4\n.nf\n");
    lines.lines().forEach(line -> page.append(inline(line)).append('\n'));
    page.append(".fi\n.RE\n");
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private static String inline(String text) {
    String escaped =
        text.replace("\\", "\\e")
            .replace("-", "\\-")
            .replace("'", "\\(aq")
            .replaceAll("`([^`]*)`", "\\\\fB$1\\\\fR")
            .replaceAll("<([A-Z]+)>", "\\\\fI$1\\\\fR");
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }
}
