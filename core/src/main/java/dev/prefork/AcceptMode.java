package dev.prefork;

/**
 * Who may accept now from the listeners that all share. With several listeners a lock is held while
 * polling them, too, so that no worker waits on the wrong one.
 */
public enum AcceptMode {
  /** Every free worker waits, and the kernel wakes one for a connection: no lock. */
  KERNEL,
  /** One worker at a time is in accept(2), by a record lock (fcntl(2), F_SETLKW). */
  FCNTL,
  /** One worker at a time is in accept(2), by flock(2), as in the 2004 original. */
  FLOCK
}
