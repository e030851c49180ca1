package dev.prefork.cli.doctor;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is to be served, as far as a machine can be wrong for it. The one place where resolved
 * options come in, wherever they were given.
 *
 * @param workers wanted at the start
 * @param maxWorkers the most that a resize may want
 * @param listeners how many addresses
 * @param backlog the kernel queue length asked for
 * @param concurrency connections that one worker serves at a time
 * @param heap of each worker, in bytes
 * @param stopTimeout the bound of a drain
 * @param runtimeDirectory absolute; need not exist yet
 */
public record Plan(
    int workers,
    int maxWorkers,
    int listeners,
    int backlog,
    int concurrency,
    long heap,
    Duration stopTimeout,
    Path runtimeDirectory) {
  private static final long MIB = 1L << 20;

  /**
   * Of a worker's JVM beside its heap: classes, compiled code, stacks. An idle worker has 15 MiB in
   * all; an application adds its own.
   */
  private static final long BESIDE_HEAP = 40 * MIB;

  private static final long SUPERVISOR = 64 * MIB;

  /** A worker has 13 beside those that serve, a supervisor 15; an application adds its own. */
  private static final int JVM_THREADS = 16;

  /** Bytes that so many workers may take. */
  long memory(int count) {
    return count * (heap + BESIDE_HEAP) + SUPERVISOR;
  }

  /** Threads, which the kernel counts as processes, of so many workers. */
  long threads(int count) {
    return (long) count * (JVM_THREADS + concurrency) + JVM_THREADS;
  }
}
