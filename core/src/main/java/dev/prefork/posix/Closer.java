package dev.prefork.posix;

/** Closes descriptors. Only {@link Fd} calls it. */
public interface Closer {
  /** Closes a descriptor (close(2)). */
  void close(int fd);
}
