package dev.prefork.listen;

import dev.prefork.posix.Fd;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;

/**
 * A bound, listening socket that all workers share.
 *
 * @param socket the descriptor, the supervisor's own
 * @param address where it is bound; the port that the kernel chose, if it was asked to
 * @param backlog the kernel queue length asked for
 */
public record Listener(Fd socket, SocketAddress address, int backlog) {

  /** What kind of socket it is. */
  public StandardProtocolFamily family() {
    if (address instanceof InetSocketAddress inet) {
      return inet.getAddress() instanceof Inet6Address
          ? StandardProtocolFamily.INET6
          : StandardProtocolFamily.INET;
    }
    return StandardProtocolFamily.UNIX;
  }
}
