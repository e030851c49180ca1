package dev.prefork.posix;

/** When a process gets the processor (sched(7)); its threads and children inherit it. */
public enum Scheduling {
  /** As its parent does. */
  INHERITED,

  /**
   * In batches: woken, it does not push aside who runs (SCHED_BATCH). A policy that somebody chose
   * for its parent is left alone.
   */
  BATCH,

  /** When nobody else wants to run (SCHED_IDLE; of a session of its own, the least nice too). */
  IDLE
}
