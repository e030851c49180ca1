package dev.prefork.cli.doctor;

import dev.prefork.config.PoolConfig;
import dev.prefork.launch.HostResources;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What is to be served, as far as a machine can be wrong for it. The one place where resolved
 * options come in, wherever they were given.
 *
 * @param kind what the workers run
 * @param pool how many of them
 * @param listeners how many addresses
 * @param backlog the kernel queue length asked for
 * @param connections that one worker serves at a time
 * @param heap of each worker, in bytes; 0 for its part of the host
 * @param stopTimeout the bound of a drain
 * @param runtimeDirectory absolute; need not exist yet
 */
public record Plan(
    Kind kind,
    PoolConfig pool,
    int listeners,
    int backlog,
    int connections,
    long heap,
    Duration stopTimeout,
    Path runtimeDirectory) {
  private static final long MIB = 1L << 20;

  private static final long SUPERVISOR = 64 * MIB;

  /** A worker has 13 beside those that serve, a supervisor 15; an application adds its own. */
  private static final int JVM_THREADS = 16;

  /** What a worker is. */
  public enum Kind {
    /** An idle one has 15 MiB in all; an application adds its own. */
    HANDLER(40 * MIB),

    /** Spring Boot with Tomcat fills a code cache and a metaspace of 30 MiB each, and more. */
    PROGRAM(100 * MIB),

    /** Nobody knows what it takes. */
    COMMAND(0);

    /** Of a worker's JVM beside its heap: classes, compiled code, stacks. */
    private final long besideHeap;

    Kind(long besideHeap) {
      this.besideHeap = besideHeap;
    }
  }

  /** Whether the workers' heaps follow from the host. */
  boolean sharesMemory() {
    return heap == 0;
  }

  /** The bound of a worker's heap on this host, in bytes. */
  long heapOn(HostResources host) {
    return sharesMemory() ? host.heap(pool) : heap;
  }

  /** Bytes that so many workers may take on this host, and the supervisor. */
  long memory(int count, HostResources host) {
    return count * (heapOn(host) + kind.besideHeap) + SUPERVISOR;
  }

  /** Threads, which the kernel counts as processes, of so many workers. */
  long threads(int count) {
    int each = kind == Kind.COMMAND ? 1 : JVM_THREADS + connections;
    return (long) count * each + JVM_THREADS;
  }

  /** The workers at the start, spares among them. */
  int atStart() {
    return pool.workers() + pool.spares();
  }

  /** The most workers that a resize may bring, spares among them. */
  int most() {
    return pool.max() + pool.spares();
  }
}
