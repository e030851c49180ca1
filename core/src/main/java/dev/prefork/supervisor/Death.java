package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.posix.WaitStatus;

/**
 * How a worker ended.
 *
 * @param status as the kernel tells it
 * @param mainBegan whether the worker's main method was reached
 * @param lastWords the reason it gave, or what its JVM printed if its main was not reached; may be
 *     empty
 */
record Death(WaitStatus status, boolean mainBegan, String lastWords) {
  /** ExitOnOutOfMemoryError, which every worker is started with. */
  private static final int OUT_OF_HEAP = 3;

  /** How it ended, in words. */
  String cause() {
    String how =
        exitCode() == OUT_OF_HEAP && mainBegan ? "ran out of heap (exit 3)" : status.toString();
    return lastWords.isEmpty() ? how : lastWords + " (" + how + ")";
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
    return !mainBegan && exitCode() >= 0;
  }
}
