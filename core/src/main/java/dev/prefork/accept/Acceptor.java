package dev.prefork.accept;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Takes the next connection from the listeners of this worker. */
interface Acceptor {
  /**
   * Waits for a connection.
   *
   * @return the connection, in blocking mode; null if the acceptor was closed, or if there was none
   *     after all (the client gave up)
   */
  @Nullable SocketChannel accept() throws IOException;

  /** Closes this worker's descriptors of the listeners, which wakes a thread in {@link #accept}. */
  void close() throws IOException;
}
