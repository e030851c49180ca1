package dev.prefork;

/**
 * Who may accept now, when one listener is shared. With several listeners every mode polls and
 * accepts under a lock, so that no worker waits on the wrong one; {@link #KERNEL} then locks as
 * {@link #FCNTL} does.
 */
public enum AcceptMode {
  /** Every free worker blocks in accept(2); the kernel serves first come, first served. */
  KERNEL,
  /** One worker at a time is in accept(2), by a record lock (fcntl(2), F_SETLKW). */
  FCNTL,
  /** One worker at a time is in accept(2), by flock(2), as in the 2004 original. */
  FLOCK
}
