package dev.prefork.posix;

/** A system call that failed: what could not be done, why, and by which call. */
public final class PosixException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final transient Errno errno;

  /**
   * Makes the exception.
   *
   * @param what what could not be done to what, as "could not bind 127.0.0.1:80"
   * @param call the system call that refused
   * @param errno why
   */
  public PosixException(String what, String call, Errno errno) {
    super(what + ": " + errno.text() + " (" + call + ": " + errno + ")");
    this.call = call;
    this.errno = errno;
  }

  /** The system call that refused. */
  public String call() {
    return call;
  }

  /** Why it refused. */
  public Errno errno() {
    return errno;
  }
}
