package dev.prefork;

/**
 * What a server tells those who listen to it. Events are delivered in order, on a thread of their
 * own, through a bounded queue: a slow listener loses events and is told how many.
 */
public sealed interface ServerEvent {

  /** How much a message matters. */
  enum Level {
    /** Ordinary life. */
    INFO,
    /** Something was lost or may be wrong. */
    WARNING,
    /** The server can't do its work. */
    ERROR
  }

  /**
   * A line for the log.
   *
   * @param level how much it matters
   * @param text one line
   */
  record Message(Level level, String text) implements ServerEvent {}

  /**
   * A line that a worker's JVM or application wrote to its standard output or error.
   *
   * @param worker who wrote it
   * @param line without its end
   */
  record WorkerOutput(WorkerIdentity worker, String line) implements ServerEvent {}

  /**
   * A worker was spawned; it is not ready yet.
   *
   * @param worker which
   */
  record WorkerSpawned(WorkerIdentity worker) implements ServerEvent {}

  /**
   * A worker is ready and accepts.
   *
   * @param worker which
   */
  record WorkerReady(WorkerIdentity worker) implements ServerEvent {}

  /**
   * A worker has ended and was reaped.
   *
   * @param worker which
   * @param kind what it is put down to
   * @param cause how, in words: {@code killed by SIGKILL}
   * @param exitCode its exit code, or -1 if a signal ended it or nobody knows
   * @param signal the signal that ended it, or 0 if none did
   * @param wasReady whether it had ever been ready
   * @param expected whether the supervisor had asked for it
   */
  record WorkerExited(
      WorkerIdentity worker,
      WorkerDeath.Cause kind,
      String cause,
      int exitCode,
      int signal,
      boolean wasReady,
      boolean expected)
      implements ServerEvent {}

  /**
   * All that could be found out about a worker's end; comes some time after {@link WorkerExited}.
   *
   * @param death the certificate
   */
  record WorkerDied(WorkerDeath death) implements ServerEvent {}

  /**
   * A request takes longer than {@code slow-after}, and goes on.
   *
   * @param worker whose
   * @param request what it is, for whom and for how long, when it was found to be late
   * @param text the same in words
   * @param threadDump the worker's threads; or, in brackets, why there is no dump
   */
  record RequestLate(
      WorkerIdentity worker, ServerSnapshot.Request request, String text, String threadDump)
      implements ServerEvent {}

  /**
   * All wanted workers are ready, for the first time.
   *
   * @param workers how many
   */
  record Ready(int workers) implements ServerEvent {}

  /**
   * The server has stopped; no process and no socket of it is left.
   *
   * @param status how, as an exit code
   * @param cause why, in words
   */
  record Stopped(ExitStatus status, String cause) implements ServerEvent {}

  /**
   * The log files have been renamed: whoever writes one opens it anew now. The workers have been
   * told so for the access log.
   *
   * @param origin who asked: {@code USR1}
   */
  record LogsReopened(String origin) implements ServerEvent {}

  /**
   * Events were lost because a listener was slower than they came.
   *
   * @param count how many
   */
  record Dropped(long count) implements ServerEvent {}
}
