package dev.prefork;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * This process, if it is a worker of Prefork that runs a program: what the program reports here is
 * shown, logged and bounded as a handler's requests are. Any thread may call it.
 */
public interface PreforkWorker {
  /** Where the java agent leaves it: an object among the system properties. */
  String PROPERTY = "dev.prefork.worker";

  /** This process as a worker; empty if it is none, or one with a handler. */
  static Optional<PreforkWorker> current() {
    return System.getProperties().get(PROPERTY) instanceof PreforkWorker worker
        ? Optional.of(worker)
        : Optional.empty();
  }

  /** Which worker it is. */
  WorkerIdentity identity();

  /** Where the server listens: what a program is to bind that wants the shared listeners. */
  List<SocketAddress> listeners();

  /** Whether it accepts no more and is to go: connections had better not be kept open. */
  boolean draining();

  /**
   * A request begins.
   *
   * @param label what it is called: {@code GET /cart}
   * @return to be ended once
   */
  Served begin(SocketAddress peer, String label);

  /**
   * From now on this worker is not ready by listening alone: its program says when it is. To be
   * called before it listens; who calls it several times has to say so as often.
   *
   * @return to be run once the program is ready; more often does nothing
   */
  Runnable holdReady();

  /** Tells the supervisor why this program can't start, before it exits by itself. */
  void failed(String why);

  /** A request that is being served. */
  interface Served {
    /**
     * It is over.
     *
     * @param status as HTTP has it, from 500 on a failure; 0 if the peer was gone before it had the
     *     whole answer
     * @param received bytes from the peer
     * @param sent bytes to the peer
     */
    void end(int status, long received, long sent);
  }
}
