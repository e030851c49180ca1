package dev.prefork.control;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.SocketAddresses;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A listening Unix-domain socket in a server's runtime directory. */
public final class SocketFile implements AutoCloseable {
  /** What it is called. */
  public static final String NAME = "control.sock";

  private static final int BACKLOG = 64;

  private final Path path;
  private final ServerSocketChannel listener;

  private SocketFile(Path path, ServerSocketChannel listener) {
    this.path = path;
    this.listener = listener;
  }

  /**
   * Makes the socket, in place of one that a killed supervisor has left.
   *
   * @param directory the server's own: nobody else may have it
   * @throws PreforkException (configuration) if it can't be made
   */
  public static SocketFile open(Path directory) {
    Path path = directory.resolve(NAME);
    int length = SocketAddresses.length(path);
    if (length > SocketAddresses.MAX_PATH) {
      throw refused(
          path,
          "its path has " + length + " bytes, a socket's may have " + SocketAddresses.MAX_PATH);
    }
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return new SocketFile(path, listener);
    } catch (IOException e) {
      throw refused(path, String.valueOf(e.getMessage()));
    }
  }

  private static PreforkException refused(Path path, String why) {
    return new PreforkException(
        ExitStatus.CONFIGURATION,
        "could not make the control socket "
            + path
            + ": "
            + why
            + "; choose another directory with runtime-dir");
  }

  SocketChannel accept() throws IOException {
    return listener.accept();
  }

  /** Closes and deletes it. */
  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // left behind without its listener, it misleads nobody
    }
  }
}
