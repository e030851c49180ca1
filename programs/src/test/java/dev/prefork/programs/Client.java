package dev.prefork.programs;

import java.io.IOException;

/** Asks one request after the other on a connection. */
interface Client extends AutoCloseable {
  /** An answer, and whether the server says that it closes the connection. */
  record Answer(int status, String body, boolean closing) {}

  /** Opens a connection. */
  interface Opener {
    Client open() throws IOException;
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @param keep whether more will be asked on this connection
   */
  Answer get(String path, boolean keep) throws IOException;

  /** Whether the server may close it now with no harm, as nothing is being asked. */
  boolean isBetweenAnswers();

  @Override
  void close() throws IOException;
}
