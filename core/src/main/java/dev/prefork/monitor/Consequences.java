package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Request;
import dev.prefork.WorkerIdentity;

/** What follows from what the monitor sees. Every method returns at once. */
public interface Consequences {
  /** A worker is to be replaced as soon as another one is ready. */
  void recycle(WorkerIdentity worker, String reason);

  /**
   * A request is late, and goes on.
   *
   * @param text what it is, for whom and for how long
   */
  void late(WorkerIdentity worker, int lane, Request request, String text);

  /** A request has taken longer than it may: its worker is to be killed. */
  void overdue(WorkerIdentity worker, String request);

  /** A worker's JVM no longer runs: it is to be killed. */
  void silent(WorkerIdentity worker, String reason);

  /** Limits on requests find none, and never will. */
  void unreported(String warning);

  /** How much there is to do. */
  void load(int idle, int queued);
}
