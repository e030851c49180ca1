package dev.prefork;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * One accepted connection, from the view of the handler that serves it.
 *
 * <p>One deadline bounds the whole connection: reading, computing and writing. When it passes,
 * every read ends with a {@link ConnectionTimeoutException}, and the handler has one second more to
 * send a last answer; then the worker closes the connection under it, and reads and writes fail.
 */
public interface Connection {

  /** The peer's bytes. Buffered; end of file when the peer has shut down its sending side. */
  InputStream input();

  /** The bytes for the peer. Buffered (8 KiB); sent when full, when flushed, and at the end. */
  OutputStream output();

  /** The peer's address, the kernel's word at accept. */
  SocketAddress peer();

  /** The address that the peer connected to. */
  SocketAddress local();

  /** The time left until the deadline; zero or negative once it has passed. */
  Duration remaining();

  /** The worker that serves this connection. */
  WorkerIdentity worker();

  /**
   * Names what is being served, for whoever looks at the running server: {@code GET /cart}. The
   * access log has the connection's last. At most 92 bytes of UTF-8 are kept. It costs a few
   * stores.
   */
  void label(String label);

  /**
   * Says that the current request has been served and the next one begins: it is counted, and the
   * limits of a request are measured anew. A connection that never says so is one request. The
   * deadline of the connection stays.
   *
   * @param label as in {@link #label}
   */
  void nextRequest(String label);

  /**
   * Gives the current request more time than others: the connection's deadline, {@code slow-after}
   * and {@code request-timeout} move by as much.
   *
   * @param time more than zero
   * @throws IllegalArgumentException if it is not
   */
  void extendDeadline(Duration time);

  /**
   * Asks for a new worker in the place of this one, as when its state has gone bad. It serves on
   * until another one is ready.
   *
   * @param reason for the log
   */
  void recycleWorker(String reason);

  /**
   * Says that the peer may still be sending when the handler returns, as after an answer to half a
   * request. A socket closed with unread input is reset and the answer lost, so the worker then
   * shuts down its sending side and drops what still comes until end of file, for at most 1 s and 1
   * MiB, before it closes. Input that has arrived by the end is noticed without this call.
   */
  void expectUnreadInput();
}
