package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionOutputTest {
  private static final int BUFFER = 16;

  private final Loopback loopback = new Loopback();
  private final Socket client;
  private final SocketChannel channel;
  private final ConnectionOutput output;

  ConnectionOutputTest() throws IOException {
    ServerSocketChannel listener = loopback.listener();
    client = loopback.connect(listener);
    channel = loopback.accept(listener);
    output = new ConnectionOutput(channel, true, ByteBuffer.allocateDirect(BUFFER));
  }

  @AfterEach
  void closeSockets() throws Exception {
    loopback.close();
  }

  private String received() throws IOException {
    channel.shutdownOutput();
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  @Test
  void nothingIsSentBeforeTheBufferIsFull() throws IOException {
    output.write(new byte[BUFFER]);

    assertThat(client.getInputStream().available()).isZero();
    assertThat(received()).isEmpty();
  }

  @Test
  void flushingSendsWhatStandsInTheBufferOnce() throws IOException {
    output.write('a');
    output.write("bc".getBytes(US_ASCII));
    output.flush();
    output.flush();

    assertThat(received()).isEqualTo("abc");
  }

  @Test
  void piecesOfEverySizeArriveInOrder() throws IOException {
    StringBuilder sent = new StringBuilder();
    for (int size = 0; size < 3 * BUFFER; size++) {
      String piece = Character.toString('a' + size % 26).repeat(size);
      sent.append(piece).append('.');
      output.write(piece.getBytes(US_ASCII));
      output.write('.');
    }
    output.close();

    assertThat(received()).isEqualTo(sent.toString());
  }

  @Test
  void onlyTheGivenRangeIsSent() throws IOException {
    output.write("abcdef".getBytes(US_ASCII), 2, 3);
    output.flush();

    assertThat(received()).isEqualTo("cde");
    assertThatThrownBy(() -> output.write(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void closingLeavesTheConnectionToTheWorker() throws IOException {
    output.write('a');
    output.close();

    assertThat(channel.isOpen()).isTrue();
    assertThat(received()).isEqualTo("a");
  }

  @Test
  void aWriteThatFailsIsRemembered() throws IOException {
    channel.close();
    output.write('a');
    assertThat(output.failed()).isFalse();

    assertThatThrownBy(output::flush).isInstanceOf(IOException.class);
    assertThat(output.failed()).isTrue();
  }
}
