package dev.prefork.supervisor;

import dev.prefork.posix.Pid;

/** What the supervisor's state machine is told. */
sealed interface Event {
  /** The listeners are open: begin. */
  record Started() implements Event {}

  /** The spawn that was asked for has worked. */
  record WorkerSpawned(int slot, Pid pid) implements Event {}

  /** The spawn that was asked for has not. */
  record SpawnFailed(int slot, String cause) implements Event {}

  /** A worker that is not ready yet says how far it has come. */
  record WorkerProgress(Pid pid, String text) implements Event {}

  /** A worker says that it is ready. */
  record WorkerReady(Pid pid) implements Event {}

  /** A worker says that somebody else has asked it to stop. */
  record WorkerLeaving(Pid pid) implements Event {}

  /** A worker says that it ends by itself, nobody has asked it to. */
  record WorkerEnding(Pid pid) implements Event {}

  /** A worker has ended and is reaped. */
  record WorkerExited(Pid pid, Death death) implements Event {}

  /** Somebody asks for the end. */
  record StopRequested(StopMode mode, String origin) implements Event {}

  /** Somebody wants more workers, or fewer. */
  record ResizeRequested(int change, String origin) implements Event {}

  /** Somebody wants just so many workers. */
  record ResizeTo(int workers, String origin) implements Event {}

  /** Somebody wants the worker of a slot replaced. */
  record RetireRequested(int slot, String origin) implements Event {}

  /** A worker has served enough, is too old or too large, or its application wants it replaced. */
  record RecycleDue(Pid pid, String reason) implements Event {}

  /** A worker has been with the request of one lane for longer than is usual. */
  record RequestLate(Pid pid, int lane) implements Event {}

  /** A worker has been with one request for longer than it may. */
  record RequestOverdue(Pid pid, String request) implements Event {}

  /** A worker's JVM has not run for longer than it may. */
  record WorkerSilent(Pid pid, String reason) implements Event {}

  /** How much the workers have to do, once a second. */
  record Load(int idle, int queued) implements Event {}

  /** Somebody wants to see a worker's threads, or to attach to its JVM. */
  record QuitRequested(Pid pid) implements Event {}

  /** Somebody has renamed the log files. */
  record ReopenRequested(String origin) implements Event {}

  /** The supervisor itself was stopped or slept: so much time has passed without it. */
  record Overslept(long ns) implements Event {}

  /** The time that the state machine wanted to be woken at has come. */
  record DeadlinePassed() implements Event {}
}
