package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signum;

/** What the supervisor's state machine wants done. */
sealed interface Action {
  /** Spawn a worker; answered by WorkerSpawned or SpawnFailed. */
  record Spawn(int slot, int generation) implements Action {}

  /** Tell a ready worker, on its lifeline, to accept from now on. */
  record Accept(Pid pid) implements Action {}

  /** Tell a ready worker, on its lifeline, to finish and go. */
  record Drain(Pid pid) implements Action {}

  /** Tell a worker, on its lifeline, that the request of one lane is late. */
  record TellLate(Pid pid, int lane) implements Action {}

  /** Tell every worker, on its lifeline, to open its access log anew. */
  record ReopenLogs() implements Action {}

  /** Send a signal to a worker that is not reaped yet. */
  record Send(Pid pid, Signum signal) implements Action {}

  /** Close the supervisor's own listeners. */
  record CloseListeners() implements Action {}

  /** Tell those who listen. */
  record Publish(ServerEvent event) implements Action {}

  /** End the loop. Always the last action. */
  record Exit(ExitStatus status, String cause) implements Action {}
}
