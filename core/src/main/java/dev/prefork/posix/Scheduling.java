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

  /** In batches, and with a tenth of what others get where all want to run (nice 10). */
  NICE,

  /** When nobody else wants to run (SCHED_IDLE). */
  IDLE;

  /**
   * Whether others are to come first. In a session of its own such a process gives way to other
   * sessions, too: the kernel may weigh sessions before their processes.
   */
  public boolean yields() {
    return this == NICE || this == IDLE;
  }
}
