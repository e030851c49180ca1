package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpLoadTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nhello, world\n";

  private final AtomicInteger connections = new AtomicInteger();

  /** What a server does with each connection. */
  private interface Behaviour {
    void serve(Socket connection) throws IOException;
  }

  private Tally measure(Workload workload, int clients, Behaviour behaviour) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> accept(listener, behaviour));
      return HttpLoad.measure(listener.getLocalPort(), workload, clients, SHORT);
    }
  }

  private void accept(ServerSocket listener, Behaviour behaviour) {
    while (true) {
      try {
        Socket connection = listener.accept();
        connections.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> serve(connection, behaviour));
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private static void serve(Socket connection, Behaviour behaviour) {
    try (connection) {
      behaviour.serve(connection);
    } catch (IOException e) {
      // the client has gone
    }
  }

  /** Reads a request; false at the end of file. */
  private static boolean readRequest(InputStream in, Workload workload) throws IOException {
    int wanted = workload.request().length;
    return in.readNBytes(wanted).length == wanted;
  }

  private static Behaviour answering(Workload workload, int most, String answer) {
    return connection -> {
      for (int i = 0; i < most && readRequest(connection.getInputStream(), workload); i++) {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  @Test
  void keptConnectionsAreAskedAgainAndAgain() throws IOException {
    Tally tally = measure(Workload.HELLO, 3, answering(Workload.HELLO, 1 << 30, HELLO));
    assertThat(connections).hasValue(3);
    assertThat(tally.count(Outcome.OK)).isGreaterThan(3);
    assertThat(tally.failures()).isZero();
    assertThat(tally.perSecond()).isPositive();
    assertThat(tally.latencies().count()).isEqualTo(tally.count(Outcome.OK));
  }

  @Test
  void oneConnectionIsOpenedForEachRequestAndReadToItsEnd() throws IOException {
    Tally tally = measure(Workload.HELLO_ONCE, 2, answering(Workload.HELLO_ONCE, 1, HELLO));
    assertThat(tally.failures()).isZero();
    assertThat(tally.count(Outcome.OK)).isEqualTo(connections.get()).isGreaterThan(2);
  }

  @Test
  void aServerThatSaysThatItClosesIsAskedOnAnotherConnection() throws IOException {
    String closing = HELLO.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    Tally tally = measure(Workload.HELLO, 1, answering(Workload.HELLO, 1, closing));
    assertThat(tally.failures()).isZero();
    assertThat(tally.idleCloses()).isZero();
    assertThat(tally.count(Outcome.OK)).isEqualTo(connections.get()).isGreaterThan(1);
  }

  @Test
  void aKeptConnectionThatEndsBetweenTwoAnswersIsCountedApart() throws IOException {
    Tally tally = measure(Workload.HELLO, 1, answering(Workload.HELLO, 5, HELLO));
    assertThat(tally.failures()).isZero();
    assertThat(tally.idleCloses()).isPositive();
    assertThat(tally.count(Outcome.OK)).isGreaterThan(5);
  }

  @Test
  void aKeptConnectionThatEndsWhileAnotherIsStillWaitedForIsNoFailure() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HttpLoad load = HttpLoad.start(listener.getLocalPort(), Workload.HELLO, 2, SHORT);
      try (Socket first = listener.accept();
          Socket second = listener.accept()) {
        assertThat(readRequest(first.getInputStream(), Workload.HELLO)).isTrue();
        assertThat(readRequest(second.getInputStream(), Workload.HELLO)).isTrue();
        Thread.sleep(SHORT.multipliedBy(2)); // nothing is asked any more
        first.getOutputStream().write(HELLO.getBytes(StandardCharsets.US_ASCII));
        first.shutdownOutput();
        assertThat(first.getInputStream().read()).as("closed by the client").isEqualTo(-1);
        second.getOutputStream().write(HELLO.getBytes(StandardCharsets.US_ASCII));
        Tally tally = load.result();
        assertThat(tally.failures()).isZero();
        assertThat(tally.idleCloses()).isEqualTo(1);
        assertThat(tally.count(Outcome.OK)).isEqualTo(2);
      }
    }
  }

  @Test
  void anotherStatusOrLengthIsWrong() throws IOException {
    String sorry = HELLO.replace("200", "503");
    assertThat(measure(Workload.HELLO, 1, answering(Workload.HELLO, 1, sorry)).count(Outcome.WRONG))
        .isPositive();
    String longer = HELLO.replace("13", "14") + "!";
    assertThat(
            measure(Workload.HELLO, 1, answering(Workload.HELLO, 1, longer)).count(Outcome.WRONG))
        .isPositive();
  }

  @Test
  void anEndWithoutAnAnswerIsEmptyAndOneWithinItIsWrong() throws IOException {
    assertThat(measure(Workload.HELLO, 1, answering(Workload.HELLO, 1, "")).count(Outcome.EMPTY))
        .isPositive();
    String half = HELLO.substring(0, HELLO.length() - 3);
    assertThat(measure(Workload.HELLO, 1, answering(Workload.HELLO, 1, half)).count(Outcome.WRONG))
        .isPositive();
  }

  @Test
  void aCutConnectionIsReset() throws IOException {
    Tally tally = measure(Workload.HELLO, 1, connection -> connection.setSoLinger(true, 0));
    assertThat(tally.count(Outcome.RESET) + tally.count(Outcome.EMPTY)).isPositive();
    assertThat(tally.count(Outcome.OK)).isZero();
  }

  @Test
  void nobodyListeningIsRefusedAndNotAskedWithoutPause() throws IOException {
    Tally tally = HttpLoad.measure(FreePort.find(), Workload.HELLO, 2, SHORT);
    assertThat(tally.count(Outcome.REFUSED)).isBetween(1L, 2 * SHORT.toMillis() + 2);
  }

  @Test
  void aLoadCanBeStoppedBeforeItsTime() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> accept(listener, answering(Workload.HELLO, 1 << 30, HELLO)));
      HttpLoad load =
          HttpLoad.start(listener.getLocalPort(), Workload.HELLO, 1, Duration.ofMinutes(10));
      assertThat(load.stop().failures()).isZero();
    }
  }
}
