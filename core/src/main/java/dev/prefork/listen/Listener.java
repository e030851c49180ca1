package dev.prefork.listen;

import dev.prefork.posix.Fd;
import java.net.InetSocketAddress;

/**
 * A bound, listening socket that all workers share.
 *
 * @param socket the descriptor, the supervisor's own
 * @param address where it is bound; the port that the kernel chose, if it was asked to
 * @param backlog the kernel queue length asked for
 */
public record Listener(Fd socket, InetSocketAddress address, int backlog) {}
