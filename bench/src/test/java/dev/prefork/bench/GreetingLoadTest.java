package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GreetingLoadTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** What a server does with each connection. */
  private interface Behaviour {
    void serve(Socket connection) throws IOException;
  }

  private static LoadResult measure(int clients, Behaviour behaviour) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(listener, behaviour));
      return GreetingLoad.measure(listener.getLocalPort(), clients, SHORT);
    }
  }

  private static void serve(ServerSocket listener, Behaviour behaviour) {
    while (true) {
      try (Socket connection = listener.accept()) {
        behaviour.serve(connection);
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private static Behaviour answering(String answer) {
    return connection -> {
      int wanted = Greeting.request().length;
      assertThat(connection.getInputStream().readNBytes(wanted)).isEqualTo(Greeting.request());
      connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    };
  }

  @Test
  void expectedAnswersAreCountedTimedAndCreditedToTheirProcess() throws IOException {
    LoadResult result = measure(3, answering("Hello bob, this is PID 17\n(HELLO \"w\" 1/2 FOO)"));
    assertThat(result.count(Outcome.OK)).isPositive();
    assertThat(result.failures()).isZero();
    assertThat(result.connectionsPerSecond()).isPositive();
    assertThat(result.latencies().count()).isEqualTo(result.count(Outcome.OK));
    assertThat(result.shares()).hasToString("17:" + result.count(Outcome.OK));
  }

  @Test
  void anAnswerOfAnotherFormIsWrong() throws IOException {
    LoadResult result = measure(1, answering("Sorry bob, this is PID 17\n(:READ-ERROR \"x\")"));
    assertThat(result.count(Outcome.WRONG)).isPositive();
    assertThat(result.count(Outcome.OK)).isZero();
  }

  @Test
  void anAnswerWithoutEndIsWrongAndKeepsNobody() throws IOException {
    LoadResult result = measure(1, answering("x".repeat(100_000)));
    assertThat(result.count(Outcome.WRONG) + result.count(Outcome.RESET)).isPositive();
  }

  @Test
  void endOfFileWithoutAnAnswerIsEmpty() throws IOException {
    assertThat(measure(1, answering("")).count(Outcome.EMPTY)).isPositive();
  }

  @Test
  void aCutConnectionIsReset() throws IOException {
    LoadResult result = measure(1, connection -> connection.setSoLinger(true, 0));
    assertThat(result.count(Outcome.RESET)).isPositive();
    assertThat(result.count(Outcome.OK)).isZero();
  }

  @Test
  void nobodyListeningIsRefused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(GreetingLoad.measure(port, 2, SHORT).count(Outcome.REFUSED)).isPositive();
  }

  @Test
  void aSilentServerIsCutOffAndCountedAsTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LoadClient client = new LoadClient(silent.getLocalPort(), SHORT, System.nanoTime());
      Thread thread = Thread.ofPlatform().daemon().start(client);
      while (!thread.join(Duration.ofMillis(20))) {
        client.cutIfOlderThan(Duration.ofMillis(50));
      }
      assertThat(client.result().count(Outcome.TIMEOUT)).isEqualTo(1);
      assertThat(client.ownFailure()).isNull();
    }
  }

  @Test
  void theCommandLineIsCheckedAndTheResultIsOneLine() throws IOException {
    assertThat(run("1978", "1").error()).startsWith("greeting load: usage: GreetingLoad PORT");
    assertThat(run("0", "1", "1").error()).contains("PORT must be a whole number from 1 to 65535");
    assertThat(run("1978", "1", "1", "--warm", "1").code()).isEqualTo(64);
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> serve(listener, answering("Hello bob, this is PID 1\n(HELLO \"w\" 1/2 FOO)")));
      Run run = run("" + listener.getLocalPort(), "1", "0.1", "--warm-up", "0.1");
      assertThat(run.code()).isZero();
      assertThat(run.output().lines()).singleElement().asString().startsWith("conn/s ");
    }
  }

  private record Run(int code, String output, String error) {}

  private static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        GreetingLoad.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
