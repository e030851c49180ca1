package dev.prefork.config;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does: by blanks; quotes and backslashes keep
 * what they stand for. What would mean more to a shell is refused, because none is run.
 */
public final class CommandWords {
  private static final String BLANKS = " \t\n";

  /** Unquoted, they are operators or expansions wherever they stand. */
  private static final String SPECIAL = "|&;<>()$`*?[";

  /** Unquoted, they mean something at the beginning of a word. */
  private static final String SPECIAL_AT_FIRST = "#~";

  /** Between double quotes, they are expansions. */
  private static final String SPECIAL_IN_DOUBLE_QUOTES = "$`";

  /** Between double quotes, a backslash escapes these alone. */
  private static final String ESCAPED_IN_DOUBLE_QUOTES = "$`\"\\\n";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  /** An empty pair of quotes is a word too. */
  private boolean inWord;

  private int place;

  private CommandWords(String text) {
    this.text = text;
  }

  /**
   * Splits a command line.
   *
   * @return at least one word; the first is no assignment and not empty
   * @throws PreforkException (usage) for what a shell would not take as words alone
   */
  public static List<String> split(String text) {
    CommandWords words = new CommandWords(text);
    words.splitAll();
    return List.copyOf(words.words);
  }

  private void splitAll() {
    while (place < text.length()) {
      takeOne(text.charAt(place++));
    }
    endWord();
    String first = words.isEmpty() ? "" : words.getFirst();
    if (first.isEmpty()) {
      throw refused("names no program");
    }
    if (first.matches("[A-Za-z_]\\w*=.*")) {
      throw refused(
          "begins with an assignment, which is a shell's; set the variable before, or write env "
              + first);
    }
  }

  private void takeOne(char c) {
    if (BLANKS.indexOf(c) >= 0) {
      endWord();
      return;
    }
    boolean special = SPECIAL.indexOf(c) >= 0 || (!inWord && SPECIAL_AT_FIRST.indexOf(c) >= 0);
    if (special) {
      throw meansMore(c);
    }
    inWord = true;
    switch (c) {
      case '\'' -> takeQuoted();
      case '"' -> takeDoubleQuoted();
      case '\\' -> takeEscaped();
      default -> word.append(c);
    }
  }

  private void takeQuoted() {
    int start = place;
    int end = text.indexOf('\'', start);
    if (end < 0) {
      throw unclosed('\'', start);
    }
    word.append(text, start, end);
    place = end + 1;
  }

  private void takeDoubleQuoted() {
    int start = place;
    while (place < text.length() && text.charAt(place) != '"') {
      char c = text.charAt(place++);
      if (SPECIAL_IN_DOUBLE_QUOTES.indexOf(c) >= 0) {
        throw meansMore(c);
      }
      boolean escapes =
          c == '\\'
              && place < text.length()
              && ESCAPED_IN_DOUBLE_QUOTES.indexOf(text.charAt(place)) >= 0;
      if (escapes) {
        takeEscaped();
      } else {
        word.append(c);
      }
    }
    if (place == text.length()) {
      throw unclosed('"', start);
    }
    place++;
  }

  /** A backslash keeps what follows; before a line's end both vanish. */
  private void takeEscaped() {
    if (place == text.length()) {
      throw refused("ends with a backslash, which escapes nothing");
    }
    char c = text.charAt(place++);
    if (c != '\n') {
      word.append(c);
    }
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private PreforkException meansMore(char c) {
    return refused(
        "has "
            + c
            + " at character "
            + place
            + ", which means something to a shell, and none is run; put it between single quotes,"
            + " or run a shell: sh -c '…'");
  }

  private PreforkException unclosed(char quote, int start) {
    return refused("has a " + quote + " at character " + start + " that nothing closes");
  }

  private PreforkException refused(String why) {
    return new PreforkException(
        ExitStatus.USAGE, Options.COMMAND.name() + " \"" + text.replace("\n", "\\n") + "\" " + why);
  }
}
