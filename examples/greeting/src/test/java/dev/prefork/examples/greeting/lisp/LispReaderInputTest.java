package dev.prefork.examples.greeting.lisp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ConnectionTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes the reader takes, and what it says about those it cannot. */
class LispReaderInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a b)",
        "\"a\"",
        "a ",
        "a\n",
        "42\n",
        "|a b| ",
        "#(1)",
        "'(a)",
        "#c(1 2)",
        "#2A((1))",
        "#p\"a\"",
        "#*01 ",
        "#\\a ",
        "#\\) ",
        "#:a ",
        "#+foo a (b)",
        "#1=(a)",
        "#| c |# (a)",
        "a(",
        "a\"",
        "\"é\"",
        "cl-user::(a)",
        ")",
        "#.",
        "#<",
      })
  void readsNoByteBehindTheDatum(String input) throws IOException {
    LispReader reader = new LispReader(failingAfter(input, "read past the end of the datum"));
    try {
      assertThat(reader.read()).isNotNull();
    } catch (LispReadException e) {
      assertThat(e).hasMessageContaining("of the datum");
    }
  }

  @Test
  void passesATimeoutThrough() {
    InputStream in = failingAfter("(a ", "too late");
    assertThatThrownBy(() -> new LispReader(in).read())
        .isInstanceOf(ConnectionTimeoutException.class)
        .hasMessage("too late");
  }

  @Test
  void endsATokenAtTheEndOfInput() throws Exception {
    assertThat(Lisp.echo("abc")).isEqualTo("ABC");
    assertThat(Lisp.answer("|abc")).isEqualTo(Lisp.ERROR);
    assertThat(Lisp.answer("(a")).isEqualTo(Lisp.ERROR);
    assertThat(Lisp.answer("")).isEqualTo(Lisp.ERROR);
  }

  @Test
  void saysWhatAndWhere() {
    assertThatThrownBy(() -> Lisp.echo("\n  )"))
        .hasMessage("unmatched close parenthesis, line 2 column 3 of the datum");
    assertThatThrownBy(() -> Lisp.echo("(a\u00e9 \u0007:b:\u0007)"))
        .hasMessageMatching("\\p{Print}+");
  }

  @Test
  void quotesItsMessageAsALispString() {
    LispReadException e = new LispReadException("no \"such\" \\ thing\n");
    assertThat(e.messageAsLispString()).isEqualTo("\"no \\\"such\\\" \\\\ thing?\"");
    assertThat(LispReadException.quote("a")).isEqualTo("\"a\"");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[][] inputs = {
      {(byte) 0xff},
      {'"', (byte) 0xc3, '"'},
      {'"', (byte) 0xc3},
      {(byte) 0xc0, (byte) 0x80},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
    };
    for (byte[] input : inputs) {
      assertThatThrownBy(() -> Lisp.echo(input))
          .isInstanceOf(LispReadException.class)
          .hasMessageStartingWith("invalid UTF-8");
    }
  }

  private static InputStream failingAfter(String input, String message) {
    InputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int b = bytes.read();
        if (b < 0) {
          throw new ConnectionTimeoutException(message);
        }
        return b;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        throw new AssertionError("the reader takes single bytes");
      }
    };
  }
}
