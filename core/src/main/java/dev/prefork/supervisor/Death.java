package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.posix.WaitStatus;
import java.util.Set;

/**
 * How a worker ended.
 *
 * @param status as the kernel tells it
 * @param reached how far it had come
 * @param lastWords the reason it gave, or what its JVM printed if its main was not reached; may be
 *     empty
 * @param serving whether its slot of the scoreboard still showed a request: the worker's own word,
 *     good enough to report and not to decide on
 */
record Death(WaitStatus status, Reached reached, String lastWords, boolean serving) {
  /** How far a worker can come: what its exit code means depends on it. */
  enum Reached {
    /** Its JVM, which had not begun its main. */
    JVM,
    /** Its main: the exit codes are a JVM's and those of {@link ExitStatus}. */
    MAIN,
    /** A command, whose exit codes are its own, but for 78. */
    COMMAND
  }

  /** ExitOnOutOfMemoryError, which every JVM of a worker is started with. */
  private static final int OUT_OF_HEAP = 3;

  /** ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS. */
  private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11, 31);

  /** How it ended, in words. */
  String cause() {
    String how = ranOutOfHeap() ? "ran out of heap (exit 3)" : status.toString();
    return lastWords.isEmpty() ? how : lastWords + " (" + how + ")";
  }

  /** What its end is put down to, if the supervisor has not brought it about. */
  Cause cause(boolean wasReady) {
    return switch (status) {
      case WaitStatus.Unknown() -> Cause.UNKNOWN;
      case WaitStatus.Signaled(int signal, boolean _) ->
          isCrash(signal) ? Cause.CRASHED : Cause.KILLED;
      case WaitStatus.Exited _ when ranOutOfHeap() -> Cause.OUT_OF_HEAP;
      case WaitStatus.Exited _ -> wasReady ? Cause.EXITED : Cause.START_FAILED;
    };
  }

  private boolean ranOutOfHeap() {
    return exitCode() == OUT_OF_HEAP && reached == Reached.MAIN;
  }

  /** Signals that a process raises by what it does itself (signal(7)). */
  private static boolean isCrash(int signal) {
    return CRASHES.contains(signal);
  }

  /** The signal that ended it, or 0 if none did. */
  int signal() {
    return status instanceof WaitStatus.Signaled signaled ? signaled.signal() : 0;
  }

  /** Its exit code, or -1 if it had none. */
  int exitCode() {
    return status instanceof WaitStatus.Exited exited ? exited.code() : -1;
  }

  /** Whether the worker said that starting it again can't help. */
  boolean saysConfiguration() {
    return exitCode() == ExitStatus.CONFIGURATION.code();
  }

  /** Whether its JVM ended by itself before main, as it does on options that it refuses. */
  boolean refusedByJvm() {
    return reached == Reached.JVM && exitCode() >= 0;
  }
}
