package dev.prefork;

/**
 * An application that serves one connection at a time.
 *
 * <p>A worker is a new process, so a handler is named by its class, never handed over as an object:
 * the class is public, has a public constructor without parameters, and stands on the workers'
 * class path. Each worker constructs it once, before it says that it is ready. With a concurrency
 * above 1 several threads of the worker call {@link #handle} at the same time.
 */
public interface ConnectionHandler {

  /**
   * Serves one connection to its end. When this method returns, the worker sends what stands in the
   * output buffer and closes the connection.
   *
   * @param connection the connection, of use only during this call and to the calling thread
   * @throws Exception if the connection could not be served: the worker logs it, closes the
   *     connection and goes on with the next
   */
  void handle(Connection connection) throws Exception;

  /**
   * Says that a request takes longer than {@code slow-after}: called once for it, on a thread of
   * its own, while it goes on. The default does nothing.
   *
   * @param thread the thread that serves it, which may be interrupted or looked at
   */
  default void late(Thread thread) {}
}
