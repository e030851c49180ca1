package dev.prefork.posix;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system calls that Prefork needs, as verbs. Every descriptor made here is close-on-exec. A
 * call interrupted by a signal is made again. What fails throws {@link PosixException} unless its
 * method says otherwise.
 */
public interface Posix extends Closer {
  /** Nothing to read now, the writer is still there. */
  int WOULD_BLOCK = -1;

  /** A pipe's two ends (pipe(7)). */
  record Pipe(Fd readEnd, Fd writeEnd) {}

  /** A collected child. */
  record Reaped(Pid pid, WaitStatus status) {}

  /**
   * A listener's queue.
   *
   * @param length connections in it; -1 if the socket does not listen
   * @param limit the most that it takes: the backlog asked for, as the kernel has capped it; -1 if
   *     the socket does not listen
   */
  record AcceptQueue(int length, int limit) {
    /** Of a socket that does not listen. */
    public static final AcceptQueue NONE = new AcceptQueue(-1, -1);
  }

  /**
   * A socket that takes messages of any process of this machine.
   *
   * @param name its name in the abstract namespace, without the leading zero byte (unix(7))
   */
  record Mailbox(Fd socket, String name) {}

  /**
   * A message.
   *
   * @param sender the process id that the kernel vouches for; 0 for a process that this one can't
   *     see
   * @param text read as UTF-8
   */
  record Letter(int sender, String text) {}

  /** The real one, of this process. */
  static Posix system() {
    return NativePosix.INSTANCE;
  }

  /** Makes a pipe whose ends block (pipe2(2)). */
  Pipe pipe();

  /** Sets whether reads, writes and accepts wait: of all processes that share it (fcntl(2)). */
  void setBlocking(Fd fd, boolean blocking);

  /** Makes an anonymous file that lives in memory (memfd_create(2)). */
  Fd memoryFile(String name);

  /** Opens a file for reading and writing, making it with mode 0600 if it is missing (open(2)). */
  Fd open(Path path);

  /** Reads at most {@code buffer.length} bytes; 0 at end of file, or {@link #WOULD_BLOCK}. */
  int read(Fd fd, byte[] buffer);

  /**
   * Writes bytes; returns how many were taken, 0 if none could be without waiting or if no reader
   * is left.
   */
  int write(Fd fd, byte[] bytes);

  /** Moves the place of the next read or write to the start of the file (lseek(2)). */
  void rewind(Fd fd);

  /** Cuts a file to nothing (ftruncate(2)). */
  void truncate(Fd fd);

  /**
   * Waits until one of the descriptors can be read or has been hung up, or the time is over
   * (poll(2)); a signal may end the wait early.
   *
   * @param timeoutNs 0 looks only; negative waits for ever; rounded up to whole milliseconds
   * @return those that can be read, in the given order; empty if none
   */
  List<Fd> awaitReadable(List<Fd> fds, long timeoutNs);

  /**
   * Opens a listening socket. One of TCP has SO_REUSEADDR, and an IPv6 one takes IPv6 alone
   * (IPV6_V6ONLY), so that {@code 0.0.0.0:80} and {@code [::]:80} can stand side by side. One of
   * the Unix domain makes its file, with the rights that the umask leaves.
   *
   * @param address of the internet, or a path
   * @param backlog the kernel queue length asked for; the kernel caps it at net.core.somaxconn
   * @throws PosixException naming the call: EADDRINUSE, EACCES, EADDRNOTAVAIL, EAFNOSUPPORT
   */
  Fd listen(SocketAddress address, int backlog);

  /**
   * Lets connections accepted from a listener hold back what does not fill a segment, until they
   * shut down, set TCP_NODELAY, or 200 ms have passed (TCP_CORK, tcp(7)): a short answer and the
   * end of file then travel as one. Accepted sockets inherit it, as they do TCP_NODELAY.
   */
  void cork(Fd listener);

  /** Opens a mailbox that does not block, under a free name that the kernel chooses (unix(7)). */
  Mailbox mailbox();

  /** Takes the next message, at most 4 KiB of it, and no descriptor; empty if there is none. */
  Optional<Letter> receive(Fd mailbox);

  /** Whether a process is in the session that another one leads (getsid(2)); not if it is gone. */
  boolean isInSession(int process, Pid leader);

  /**
   * Has the kernel send a process a signal when the last writer of a pipe is gone, or writes
   * (F_SETOWN, F_SETSIG and O_ASYNC of fcntl(2)): as long as anybody holds the read end, also after
   * this process. The signal reaches that very process, whoever gets its number later.
   */
  void signalWhenCut(Fd readEnd, Pid process, Signum signal);

  /** The address a socket is bound to (getsockname(2)). */
  SocketAddress localAddress(Fd socket);

  /**
   * How many connections wait in a listener's queue for somebody to accept them, and for how many
   * there is room (TCP_INFO of a listening socket, tcp(7): one call, whatever else the machine has
   * open, for IPv4 and IPv6, in the socket's own network namespace).
   *
   * @throws PosixException if {@code listener} is no TCP socket: the kernel tells it of no other
   */
  AcceptQueue acceptQueue(Fd listener);

  /** Takes the exclusive lock of the open file description if it is free (flock(2), LOCK_NB). */
  boolean tryLock(Fd fd);

  /** Takes a shared lock, unless somebody has the exclusive one (flock(2), LOCK_SH, LOCK_NB). */
  boolean tryShare(Fd fd);

  /** Waits for the exclusive lock of the open file description (flock(2)). */
  void lock(Fd fd);

  /** Gives the lock back. */
  void unlock(Fd fd);

  /**
   * Starts a program (posix_spawn(3)).
   *
   * @throws PosixException EAGAIN (a limit on processes), ENOMEM, ENOENT, EACCES
   */
  Pid spawn(SpawnRequest request);

  /** A descriptor that becomes readable when the child ends (pidfd_open(2)). */
  Fd watch(Pid child);

  /**
   * Collects an ended child; empty while it runs. A child collected by others is {@link
   * WaitStatus.Unknown}.
   */
  Optional<WaitStatus> reap(Pid child);

  /**
   * Collects one ended child that was not spawned here: for a process with id 1, to which the
   * kernel gives every orphan. Looks before it takes (waitid(2), WNOWAIT), so the status of one
   * that was stays for {@link #reap}.
   */
  Optional<Reaped> reapOrphan();

  /** Sends a signal to one process; false if it is gone (ESRCH). */
  boolean kill(Pid pid, Signum signal);

  /** Whether this process ignores the signal, as it does when its parent did at exec. */
  boolean ignores(Signum signal);

  /** Puts the signal's action back to the default (signal(2)). */
  void restoreDefault(Signum signal);
}
