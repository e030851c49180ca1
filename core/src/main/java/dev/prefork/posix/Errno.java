package dev.prefork.posix;

import java.util.Map;

/**
 * An error number of a system call. The numbers are those of Linux on x86-64 and aarch64
 * (errno(3)); the texts are glibc's.
 *
 * @param number as left in {@code errno}
 */
public record Errno(int number) {
  /** Operation not permitted. */
  public static final Errno EPERM = new Errno(1);

  /** A path, or a directory of it, that is not there. */
  public static final Errno ENOENT = new Errno(2);

  /** No such process. */
  public static final Errno ESRCH = new Errno(3);

  /** Interrupted by a signal. */
  public static final Errno EINTR = new Errno(4);

  /** No child process. */
  public static final Errno ECHILD = new Errno(10);

  /** Try again: nothing to read now, or a limit on processes is reached. */
  public static final Errno EAGAIN = new Errno(11);

  /** Permission denied. */
  public static final Errno EACCES = new Errno(13);

  /** The disk is full. */
  public static final Errno ENOSPC = new Errno(28);

  /** No reader is left. */
  public static final Errno EPIPE = new Errno(32);

  /** Address already in use. */
  public static final Errno EADDRINUSE = new Errno(98);

  /** The address is none of this machine's. */
  public static final Errno EADDRNOTAVAIL = new Errno(99);

  private static final Map<Integer, String[]> KNOWN =
      Map.ofEntries(
          known(1, "EPERM", "Operation not permitted"),
          known(2, "ENOENT", "No such file or directory"),
          known(3, "ESRCH", "No such process"),
          known(4, "EINTR", "Interrupted system call"),
          known(7, "E2BIG", "Argument list too long"),
          known(9, "EBADF", "Bad file descriptor"),
          known(10, "ECHILD", "No child processes"),
          known(11, "EAGAIN", "Resource temporarily unavailable"),
          known(12, "ENOMEM", "Cannot allocate memory"),
          known(13, "EACCES", "Permission denied"),
          known(17, "EEXIST", "File exists"),
          known(20, "ENOTDIR", "Not a directory"),
          known(21, "EISDIR", "Is a directory"),
          known(22, "EINVAL", "Invalid argument"),
          known(23, "ENFILE", "Too many open files in system"),
          known(24, "EMFILE", "Too many open files"),
          known(28, "ENOSPC", "No space left on device"),
          known(30, "EROFS", "Read-only file system"),
          known(32, "EPIPE", "Broken pipe"),
          known(38, "ENOSYS", "Function not implemented"),
          known(97, "EAFNOSUPPORT", "Address family not supported by protocol"),
          known(98, "EADDRINUSE", "Address already in use"),
          known(99, "EADDRNOTAVAIL", "Cannot assign requested address"),
          known(105, "ENOBUFS", "No buffer space available"));

  private static Map.Entry<Integer, String[]> known(int number, String name, String text) {
    return Map.entry(number, new String[] {name, text});
  }

  /** The text of strerror(3), such as {@code Permission denied}. */
  public String text() {
    String[] known = KNOWN.get(number);
    return known == null ? "error " + number : known[1];
  }

  /** The symbolic name, such as {@code EACCES}. */
  @Override
  public String toString() {
    String[] known = KNOWN.get(number);
    return known == null ? "errno " + number : known[0];
  }
}
