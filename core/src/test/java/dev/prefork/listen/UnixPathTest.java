package dev.prefork.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.PreforkException;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners at paths, on the real kernel: what is in the way is a file. */
class UnixPathTest {
  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("greeting.sock");
  }

  private Listeners open(Path... paths) {
    List<String> addresses = List.of(paths).stream().map(path -> "unix:" + path).toList();
    return Listeners.open(Posix.system(), addresses, 16, AcceptMode.FCNTL, false);
  }

  private ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path()));
  }

  @Test
  void theFileIsThereAsLongAsTheListener() {
    Listeners listeners = open(path());

    assertThat(listeners.addresses()).containsExactly(UnixDomainSocketAddress.of(path()));
    assertThat(listeners.all().getFirst().family()).isEqualTo(StandardProtocolFamily.UNIX);
    assertThat(path()).exists();
    listeners.close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void aSocketThatNobodyListensOnIsReplaced() throws IOException {
    listen().close();
    assertThat(path()).exists();

    open(path()).close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void aSocketThatSomebodyListensOnIsLeftAloneAndItsHolderNamed() throws IOException {
    try (ServerSocketChannel _ = listen()) {
      assertThatThrownBy(() -> open(path()))
          .isInstanceOf(PreforkException.class)
          .hasMessageStartingWith(
              "could not bind unix:"
                  + path()
                  + ": held by process "
                  + ProcessHandle.current().pid()
                  + " (")
          .hasMessageEndingWith("): stop it, or choose another path");
      assertThat(path()).exists();
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws IOException {
    Files.writeString(path(), "precious");

    assertThatThrownBy(() -> open(path()))
        .isInstanceOf(PreforkException.class)
        .hasMessageEndingWith("a file that is no socket stands there; choose another path");
    assertThat(path()).hasContent("precious");
  }

  @Test
  void theFileOfAServerThatCameInBetweenIsNotRemoved() throws IOException {
    Listeners listeners = open(path());
    Files.delete(path());
    try (ServerSocketChannel _ = listen()) {
      listeners.close();
      assertThat(path()).exists();
    }
  }

  @Test
  void ifOneCannotBeBoundTheFilesOfTheOthersAreRemoved() {
    assertThatThrownBy(() -> open(path(), directory.resolve("missing/greeting.sock")))
        .isInstanceOf(PreforkException.class)
        .hasMessageEndingWith("; make its directory, or choose another path");
    assertThat(path()).doesNotExist();
  }
}
