package dev.prefork.examples.greeting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.Connection;
import dev.prefork.ConnectionTimeoutException;
import dev.prefork.WorkerIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GreetingHandlerTest {
  private static final long PID = 4711;

  @Test
  void greetsWithTheIdThePidAndTheDatumAndNoNewlineAtTheEnd() throws IOException {
    assertThat(serve("bob\n(greetings \"earth\" 7)"))
        .isEqualTo("Hello bob, this is PID 4711\n(GREETINGS \"earth\" 7)");
  }

  @Test
  void takesCarriageReturnAndLineFeedAsTheEndOfTheId() throws IOException {
    assertThat(serve("bob\r\nsym ")).isEqualTo("Hello bob, this is PID 4711\nSYM");
  }

  @Test
  void replacesBytesOfTheIdThatAreNoUtf8() throws IOException {
    FakeConnection connection = new FakeConnection(bytes("b\u00ffb\n1 ", ISO_8859_1));
    new GreetingHandler().handle(connection);
    assertThat(connection.answer()).isEqualTo("Hello b\ufffdb, this is PID 4711\n1");
  }

  @Test
  void takesAnIdOfExactlyOneKibibyteAndRefusesMore() throws IOException {
    String longest = "x".repeat(1024);
    assertThat(serve(longest + "\n1 ")).startsWith("Hello " + longest + ", this");
    assertThat(serve(longest + "x\n1 "))
        .startsWith("Sorry " + longest + ", this is PID 4711\n(:READ-ERROR \"an id of more than");
  }

  @Test
  void answersAReadErrorWithWhatAndWhere() throws IOException {
    assertThat(serve("bob\n(1 . )"))
        .startsWith("Sorry bob, this is PID 4711\n(:READ-ERROR \"")
        .endsWith(" of the datum\")");
  }

  @Test
  void answersTheEndOfTheInputInTheId() throws IOException {
    assertThat(serve("bob")).startsWith("Sorry bob, this is PID 4711\n(:READ-ERROR \"end of file");
  }

  @Test
  void answersASlowClientAndSaysThatItMayStillBeSending() throws IOException {
    InputStream late =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new ConnectionTimeoutException("late");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    FakeConnection connection =
        new FakeConnection(new SequenceInputStream(bytes("bob\n(1 ", UTF_8), late));
    new GreetingHandler().handle(connection);
    assertThat(connection.answer()).startsWith("Sorry bob, this is PID 4711\n(:TIMEOUT \"");
    assertThat(connection.unreadExpected).isTrue();
  }

  @Test
  void leavesWhatComesAfterTheDatumUnread() throws IOException {
    InputStream input = bytes("bob\n(1)rest", UTF_8);
    FakeConnection connection = new FakeConnection(input);
    new GreetingHandler().handle(connection);
    assertThat(new String(input.readAllBytes(), UTF_8)).isEqualTo("rest");
    assertThat(connection.unreadExpected).isFalse();
  }

  private static String serve(String request) throws IOException {
    FakeConnection connection = new FakeConnection(bytes(request, UTF_8));
    new GreetingHandler().handle(connection);
    return connection.answer();
  }

  private static InputStream bytes(String text, Charset charset) {
    return new ByteArrayInputStream(text.getBytes(charset));
  }

  private static final class FakeConnection implements Connection {
    private final InputStream input;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private boolean unreadExpected;

    FakeConnection(InputStream input) {
      this.input = input;
    }

    String answer() {
      return output.toString(UTF_8);
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public OutputStream output() {
      return output;
    }

    @Override
    public SocketAddress peer() {
      return local();
    }

    @Override
    public SocketAddress local() {
      return InetSocketAddress.createUnresolved("localhost", 1978);
    }

    @Override
    public Duration remaining() {
      return Duration.ofSeconds(30);
    }

    @Override
    public WorkerIdentity worker() {
      return new WorkerIdentity(0, 1, PID);
    }

    @Override
    public void label(String label) {
      throw new AssertionError("the greeting names nothing");
    }

    @Override
    public void nextRequest(String label) {
      throw new AssertionError("the greeting has one request");
    }

    @Override
    public void extendDeadline(Duration time) {
      throw new AssertionError("the greeting has the time it has");
    }

    @Override
    public void recycleWorker(String reason) {
      throw new AssertionError("the greeting keeps its worker");
    }

    @Override
    public void expectUnreadInput() {
      unreadExpected = true;
    }
  }
}
