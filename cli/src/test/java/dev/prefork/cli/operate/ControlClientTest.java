package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's side of the socket, against a server that says what the test has it say. */
class ControlClientTest {
  @TempDir private Path directory;

  /** Accepts one connection, says something, and closes it without having read. */
  private Thread sayAndClose(ServerSocketChannel listener, String text) {
    return Thread.ofPlatform()
        .start(() -> {
          try (SocketChannel peer = listener.accept()) {
            var _ = peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void assertRefused(String said, ExitStatus status, String message) throws Exception {
    Path socket = directory.resolve("control.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Thread server = sayAndClose(listener, said);
      try (ControlClient client = ControlClient.connect(directory)) {
        server.join(); // it is closed before anything is asked
        assertThatThrownBy(() -> client.ask("status"))
            .isInstanceOfSatisfying(
                PreforkException.class, e -> assertThat(e.status()).isEqualTo(status))
            .hasMessageContaining(message);
      }
    }
  }

  @Test
  void whoIsRefusedBeforeItHasAskedHearsWhy() throws Exception {
    assertRefused(
        "{\"version\":1,\"type\":\"error\",\"exit\":75,\"text\":\"16 already\"}\n",
        ExitStatus.TRY_AGAIN,
        "16 already");
  }

  @Test
  void aServerThatEndsWithoutAnAnswerIsGone() throws Exception {
    assertRefused("", ExitStatus.UNAVAILABLE, "has ended before it answered");
  }

  @Test
  void anAnswerThatIsNoneIsNotGuessed() throws Exception {
    assertRefused("hello\n", ExitStatus.FAILED, "none of this version");
  }

  @Test
  void nobodyIsThere() {
    assertThatThrownBy(() -> ControlClient.connect(directory))
        .isInstanceOf(PreforkException.class)
        .hasMessage("no server runs in " + directory);
    assertThat(directory).isEmptyDirectory();
  }
}
