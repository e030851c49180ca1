package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.worker.ReportingProgram;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Shows the thread that is stuck longest as a request, for a program that reports none itself: so
 * the limits on requests hold for it, and who looks at the server sees it.
 */
final class StuckRequest {
  private final StuckThreads threads;
  private final SharedListeners listeners;
  private final Descriptors descriptors;
  private final ReportingProgram program;

  /** Has not looked yet. */
  StuckRequest(
      StuckThreads threads,
      SharedListeners listeners,
      Descriptors descriptors,
      ReportingProgram program) {
    this.threads = threads;
    this.listeners = listeners;
    this.descriptors = descriptors;
    this.program = program;
  }

  /** To be called once a second; and at the end, as what was answered since is not cut. */
  synchronized void look() {
    Optional<StuckThreads.Stuck> found = threads.look(System.nanoTime());
    if (found.isPresent()) {
      StuckThreads.Stuck stuck = found.get();
      String label = "thread " + stuck.thread().getName();
      int connection = stuck.connection();
      SocketAddress peer = descriptors.peerAddress(listeners.family(connection), connection);
      program.stuck(peer, label, stuck.sinceNs());
    } else {
      program.notStuck();
    }
  }
}
