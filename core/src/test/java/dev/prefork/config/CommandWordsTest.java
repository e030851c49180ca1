package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.testing.Processes;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
  private static void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> CommandWords.split(text))
        .hasMessageStartingWith("command \"")
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void blanksSeparateWords() {
    assertThat(CommandWords.split("  python3 \t -m\nhttp.server ")) //
        .containsExactly("python3", "-m", "http.server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 'b c' d",
        "a \"b c\" d",
        "a b\\ c d",
        "a ''",
        "a \"\" b",
        "a b''c\"d e\"f",
        "a 'it'\\''s'",
        "a '\\n' \"\\n\" \\n",
        "a \"\\$x \\`y \\\"z \\\\w\"",
        "a '$x `y` \"z\" | ; * ~'",
        "a \\$x \\| \\* \\~ \\#",
        "a --x=~y b#c %d {e} =f !g",
        "a b\\\nc \"d\\\ne\"",
        "a 'ä €' 'line\nbreak'"
      })
  void wordsAreThoseOfAShell(String line) {
    // Each word in brackets: what the shell of this machine makes of the same line.
    String shells = Processes.run(List.of("sh", "-c", "printf '[%s]' " + line));

    String ours = String.join("][", CommandWords.split(line));
    assertThat("[" + ours + "]").isEqualTo(shells);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a | b",
        "a & b",
        "a;b",
        "a < b",
        "a >b",
        "(a)",
        "a $x",
        "a `b`",
        "a *",
        "a b?",
        "a [b]",
        "~/a",
        "a #b",
        "a \"$x\"",
        "a \"`b`\""
      })
  void whatMeansMoreToAShellIsRefused(String line) {
    assertRefused(line, " at character ", "none is run", "single quotes", "sh -c '");
  }

  @Test
  void theCharacterIsNamedWithItsPlace() {
    assertRefused("cat x|wc", "command \"cat x|wc\" has | at character 6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 'b", "a \"b", "a \"b\\\"", "a '\""})
  void aQuoteThatNothingClosesIsRefused(String line) {
    assertRefused(line, " at character 3 that nothing closes");
  }

  @Test
  void aBackslashAtTheEndIsRefused() {
    assertRefused("a \\", "ends with a backslash");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "''", "\"\" a"})
  void aLineWithoutAProgramIsRefused(String line) {
    assertRefused(line, "names no program");
  }

  @Test
  void anAssignmentBeforeTheProgramIsRefused() {
    assertRefused("PORT=80 a", "begins with an assignment", "env PORT=80");
    assertThat(CommandWords.split("env PORT=80 a")).containsExactly("env", "PORT=80", "a");
  }
}
