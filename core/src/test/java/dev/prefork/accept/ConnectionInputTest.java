package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ConnectionTimeoutException;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionInputTest {
  private static final int BUFFER = 16;
  private static final int PATIENCE_MS = (int) Loopback.PATIENCE.toMillis();

  private final Loopback loopback = new Loopback();
  private final Socket client;
  private final SocketChannel channel;

  ConnectionInputTest() throws IOException {
    ServerSocketChannel listener = loopback.listener();
    client = loopback.connect(listener);
    channel = loopback.accept(listener);
  }

  @AfterEach
  void closeSockets() throws Exception {
    loopback.close();
  }

  private ConnectionInput input(Duration deadline) throws IOException {
    return new ConnectionInput(
        channel, true, new ConnectionBuffers(BUFFER), System.nanoTime() + deadline.toNanos());
  }

  private void send(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  @Test
  void everyByteComesInOrderUntilTheEnd() throws IOException {
    String text = "0123456789".repeat(100);
    send(text);
    client.shutdownOutput();
    ConnectionInput input = input(Loopback.PATIENCE);

    assertThat(input.read()).isEqualTo('0');
    assertThat(new String(input.readAllBytes(), US_ASCII)).isEqualTo(text.substring(1));
    assertThat(input.read()).isEqualTo(-1);
    assertThat(input.read(new byte[4])).isEqualTo(-1);
    assertThat(input.atEnd()).isTrue();
    assertThat(input.failed()).isFalse();
  }

  @Test
  void bytesAboveAsciiAreNotNegative() throws IOException {
    client.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0x80});
    ConnectionInput input = input(Loopback.PATIENCE);

    assertThat(input.read()).isEqualTo(0xff);
    assertThat(input.read()).isEqualTo(0x80);
  }

  @Test
  void aReadReturnsWhatIsThereWithoutWaitingForMore() throws IOException {
    send("abc");
    ConnectionInput input = input(Loopback.PATIENCE);
    byte[] target = new byte[10];

    assertThat(input.read(target, 2, 8)).isEqualTo(3);
    assertThat(new String(target, 2, 3, US_ASCII)).isEqualTo("abc");
  }

  @Test
  void availableIsWhatStandsInTheBuffer() throws IOException {
    send("abc");
    ConnectionInput input = input(Loopback.PATIENCE);

    assertThat(input.available()).isZero();
    assertThat(input.read()).isEqualTo('a');
    assertThat(input.available()).isEqualTo(2);
  }

  @Test
  void anEmptyOrWrongRangeDoesNotTouchTheSocket() throws IOException {
    ConnectionInput input = input(Duration.ZERO);

    assertThat(input.read(new byte[4], 4, 0)).isZero();
    assertThatThrownBy(() -> input.read(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aReadThatWaitsEndsWhenTheTimeIsDeclaredOver() throws Exception {
    ConnectionInput input = input(Loopback.PATIENCE);
    CompletableFuture<IOException> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            int _ = input.read();
          } catch (IOException e) {
            ended.complete(e);
          }
        });
    input.expire();

    assertThat(ended.get(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ConnectionTimeoutException.class)
        .hasMessage("the deadline of the connection has passed");
    assertThat(input.failed()).as("a timeout is not the peer's failure").isFalse();
    assertThatThrownBy(input::read).isInstanceOf(ConnectionTimeoutException.class);
    assertThat(input.hasArrived()).isFalse();
  }

  @Test
  void afterTheDeadlineArrivedBytesAreNotReadAnyMore() throws IOException {
    send("late");
    ConnectionInput input = input(Duration.ZERO);

    assertThatThrownBy(input::read).isInstanceOf(ConnectionTimeoutException.class);
  }

  @Test
  void aResetByThePeerIsAFailure() throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    ConnectionInput input = input(Loopback.PATIENCE);

    assertThatThrownBy(input::read)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ConnectionTimeoutException.class);
    assertThat(input.failed()).isTrue();
  }

  @Test
  void whatNobodyHasReadIsNoticed() throws IOException {
    ConnectionInput input = input(Loopback.PATIENCE);
    assertThat(input.hasArrived()).isFalse();
    send("unread");

    Loopback.await("input", () -> arrived(input));
    assertThat(input.read()).isEqualTo('u');
    assertThat(input.hasArrived()).as("all of it stands in the buffer").isFalse();
  }

  private static boolean arrived(ConnectionInput input) {
    try {
      return input.hasArrived();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void droppingEndsWithThePeersEnd() throws IOException {
    send("x".repeat(5_000));
    client.shutdownOutput();
    ConnectionInput input = input(Duration.ZERO);
    input.discard(PATIENCE_MS, Integer.MAX_VALUE);

    assertThat(channel.socket().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void droppingEndsWithTheTime() throws IOException {
    ConnectionInput input = input(Duration.ZERO);
    input.discard(20, Integer.MAX_VALUE);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void nothingIsDroppedWhenTheTimeIsOver() throws IOException {
    ConnectionInput input = input(Loopback.PATIENCE);
    input.expire();
    input.discard(PATIENCE_MS, Integer.MAX_VALUE);

    assertThat(input.atEnd()).isFalse();
  }

  @Test
  void droppingEndsWithTheNumberOfBytes() throws IOException {
    send("x".repeat(5 * BUFFER));
    ConnectionInput input = input(Duration.ZERO);
    Loopback.await("input", () -> arrived(input));
    input.discard(PATIENCE_MS, BUFFER);

    assertThat(input.hasArrived()).isTrue();
  }
}
