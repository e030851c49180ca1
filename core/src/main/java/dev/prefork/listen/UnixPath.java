package dev.prefork.listen;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.SocketAddresses;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix-domain socket: bind(2) makes it, nobody removes it but who has made it, and
 * with the file in the way the next bind fails (unix(7)).
 */
final class UnixPath {
  /** What such an address begins with. */
  static final String PREFIX = "unix:";

  private static final int S_IFMT = 0170000;
  private static final int S_IFSOCK = 0140000;

  private final UnixDomainSocketAddress address;
  private @Nullable Object made;

  UnixPath(UnixDomainSocketAddress address) {
    this.address = address;
  }

  /**
   * Reads an address with the prefix; a relative path is one of this process's directory.
   *
   * @throws PreforkException (usage) if it is no path of a socket
   */
  static UnixDomainSocketAddress parse(String text) {
    String path = text.substring(PREFIX.length());
    Path absolute = Path.of(path).toAbsolutePath().normalize();
    if (path.isBlank() || SocketAddresses.length(absolute) > SocketAddresses.MAX_PATH) {
      throw new PreforkException(
          ExitStatus.USAGE,
          "listen must be unix:PATH with a path of at most "
              + SocketAddresses.MAX_PATH
              + " bytes, not \""
              + text
              + "\"");
    }
    return UnixDomainSocketAddress.of(absolute);
  }

  /**
   * Removes a socket on which nobody listens any more, or only what a killed supervisor has left.
   *
   * @throws PreforkException (unavailable) if something else is there
   */
  void clear() {
    Path path = address.getPath();
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      if (!isSocket(path)) {
        throw refused("a file that is no socket stands there; choose another path");
      }
      List<PortHolder> holders = PortHolder.find(address);
      for (PortHolder holder : holders) {
        if (!holder.isWorker()) {
          throw refused("held by " + holder + ": stop it, or choose another path");
        }
      }
      // Of another user, or in another container: /proc does not tell.
      if (holders.isEmpty() && answers()) {
        throw refused("somebody listens there: stop that server, or choose another path");
      }
      Files.delete(path);
    } catch (IOException e) {
      throw refused(String.valueOf(e));
    }
  }

  private PreforkException refused(String why) {
    return new PreforkException(
        ExitStatus.UNAVAILABLE, "could not bind " + PREFIX + address.getPath() + ": " + why);
  }

  private static boolean isSocket(Path path) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & S_IFMT) == S_IFSOCK;
  }

  private boolean answers() {
    try (SocketChannel _ = SocketChannel.open(address)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Remembers which file the bind has made. */
  void bound() {
    made = identity();
  }

  /** Removes the file that the bind has made: not another server's that has come in its place. */
  void remove() {
    Object found = identity();
    if (found != null && found.equals(made)) {
      try {
        Files.deleteIfExists(address.getPath());
      } catch (IOException e) {
        // left behind without its listener, it misleads nobody
      }
    }
  }

  private @Nullable Object identity() {
    try {
      return Files.readAttributes(
              address.getPath(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
