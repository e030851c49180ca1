package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Scoreboards;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a connection: whatever the client still has to say, it gets the whole answer. */
class SocketConnectionTest {
  private static final WorkerIdentity WORKER = new WorkerIdentity(3, 2, 4_711);
  private static final String ANSWER = "an answer\n".repeat(5_000);

  private final Loopback loopback = new Loopback();
  private final Socket client;
  private final SocketConnection connection;

  SocketConnectionTest() throws IOException {
    ServerSocketChannel listener = loopback.listener();
    client = loopback.connect(listener);
    SocketChannel channel = loopback.accept(listener);
    connection =
        new SocketConnection(
            channel,
            channel.getRemoteAddress(),
            new ConnectionBuffers(),
            WORKER,
            Scoreboards.create(1, 1).lane(0, 0),
            new Recycling(0, _ -> {}),
            System.nanoTime() + Loopback.PATIENCE.toNanos());
  }

  @AfterEach
  void closeSockets() throws Exception {
    connection.close();
    loopback.close();
  }

  private void answerAndClose() throws IOException {
    connection.output().write(ANSWER.getBytes(US_ASCII));
    connection.finish();
    connection.close();
  }

  private String received() throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  @Test
  void itKnowsBothItsEndsItsWorkerAndItsTime() {
    assertThat(connection.peer()).isEqualTo(client.getLocalSocketAddress());
    assertThat(connection.local()).isEqualTo(client.getRemoteSocketAddress());
    assertThat(connection.worker()).isEqualTo(WORKER);
    assertThat(connection.remaining()).isPositive().isLessThanOrEqualTo(Loopback.PATIENCE);
  }

  @Test
  void theOutputBufferIsSentAtTheEnd() throws IOException {
    connection.output().write("short\n".getBytes(US_ASCII));
    connection.finish();
    connection.close();

    assertThat(received()).isEqualTo("short\n");
  }

  @Test
  void aClientWhoseInputNobodyHasReadGetsTheWholeAnswerAndACleanEnd() throws Exception {
    client.getOutputStream().write(new byte[200_000]);
    Thread server = Thread.ofPlatform().start(this::answerQuietly);

    assertThat(received()).isEqualTo(ANSWER);
    client.shutdownOutput();
    assertThat(server.join(Loopback.PATIENCE)).isTrue();
  }

  @Test
  void aClientThatIsStillSendingGetsItTooIfTheHandlerExpectsThat() throws Exception {
    AtomicBoolean finished = new AtomicBoolean();
    connection.expectUnreadInput();
    Thread server =
        Thread.ofPlatform()
            .start(() -> {
              answerQuietly();
              finished.set(true);
            });
    assertThat(client.getInputStream().readNBytes(ANSWER.length())).hasSize(ANSWER.length());
    client.getOutputStream().write(new byte[100_000]); // after the answer, before its end

    assertThat(received()).as("a clean end, no reset").isEmpty();
    client.shutdownOutput();
    assertThat(server.join(Loopback.PATIENCE)).isTrue();
    assertThat(finished).isTrue();
  }

  @Test
  void aClientThatNeverStopsSendingIsNotListenedToForEver() throws Exception {
    Thread flood = Thread.ofPlatform().daemon().start(this::flood);
    connection.expectUnreadInput();
    Thread server = Thread.ofPlatform().start(this::answerQuietly);

    assertThat(server.join(Loopback.PATIENCE)).isTrue();
    assertThat(flood.join(Loopback.PATIENCE)).isTrue();
  }

  @Test
  void aClientThatHoldsTheConnectionIsNotWaitedForLong() throws Exception {
    connection.expectUnreadInput();
    Thread server = Thread.ofPlatform().start(this::answerQuietly);

    assertThat(server.join(Loopback.PATIENCE)).isTrue();
    assertThat(received()).isEqualTo(ANSWER);
  }

  @Test
  void aRequestReadToItsEndIsClosedAtOnce() throws IOException {
    client.getOutputStream().write("request\n".getBytes(US_ASCII));
    client.shutdownOutput();
    assertThat(connection.input().readAllBytes()).hasSize(8);
    connection.expectUnreadInput();
    long startNs = System.nanoTime();
    connection.output().write("ok\n".getBytes(US_ASCII));
    connection.finish();

    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofMillis(900));
    connection.close();
    assertThat(received()).isEqualTo("ok\n");
  }

  private void answerQuietly() {
    try {
      answerAndClose();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void flood() {
    byte[] rubbish = new byte[64 * 1024];
    try {
      while (true) {
        client.getOutputStream().write(rubbish);
      }
    } catch (IOException e) {
      // the server has closed: that is what the test waits for
    }
  }
}
