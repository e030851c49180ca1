package dev.prefork.posix;

import java.net.SocketAddress;
import java.net.StandardProtocolFamily;

/**
 * What a worker does to descriptors of a program that runs in the same JVM. Apart from {@link
 * Posix}, because linking native calls would cost each start of such a worker a tenth of a second:
 * the JDK has native methods of its own for these.
 */
public interface Descriptors extends Closer {
  /** There is something to read, or to accept (epoll_ctl(2), as the next). */
  int EPOLLIN = 1;

  /** Of all sets that watch so, one is woken. */
  int EPOLLEXCLUSIVE = 1 << 28;

  /** What is done to an epoll set's interest in a descriptor. */
  enum Interest {
    /** EPOLL_CTL_ADD. */
    ADD(1),
    /** EPOLL_CTL_DEL. */
    DELETE(2),
    /** EPOLL_CTL_MOD. */
    MODIFY(3);

    private final int operation;

    Interest(int operation) {
      this.operation = operation;
    }

    /** The number that epoll_ctl(2) takes. */
    public int operation() {
      return operation;
    }

    /** By that number. */
    public static Interest of(int operation) {
      for (Interest interest : values()) {
        if (interest.operation == operation) {
          return interest;
        }
      }
      throw new IllegalArgumentException("epoll_ctl knows no operation " + operation);
    }
  }

  /**
   * Lets a descriptor's number mean another open file from now on; what it meant is closed
   * (dup2(2)). Who waits for it, in poll(2) or by an epoll set, goes on waiting for the old file.
   */
  void replace(int number, Fd by);

  /**
   * Changes what an epoll set watches, as the JDK's own selectors do (epoll_ctl(2)).
   *
   * @param set the epoll set's number
   * @param events EPOLLIN and the like
   * @return 0, or the errno: a set that has just been closed is no news for who asks
   */
  int control(int set, Interest interest, int number, int events);

  /** What {@link #openEpoll} returns if there is no descriptor left. */
  int NO_EPOLL = -1;

  /** Opens an epoll set (epoll_create1(2)); returns its number, or {@link #NO_EPOLL}. */
  int openEpoll();

  /**
   * Waits until something happens to what the set watches, or a signal comes (epoll_wait(2)).
   *
   * @param timeoutMs and no longer than so many milliseconds
   */
  void awaitEpoll(int set, int timeoutMs);

  /** Whether a descriptor's file blocks who reads it or accepts from it; false if unknown. */
  boolean isBlocking(int number);

  /**
   * Opens a listening socket that nobody knows of, which never blocks: of the loopback address on a
   * free port, or of the Unix domain at a free path.
   *
   * @param family of the socket in whose place it is to stand
   */
  Fd listenQuietly(StandardProtocolFamily family, int backlog);

  /** Sets the most connections that wait in a listener's queue, of all who share it (listen(2)). */
  void resizeQueue(Fd listener, int backlog);

  /** The address that a socket of the family is bound to (getsockname(2)). */
  SocketAddress localAddress(StandardProtocolFamily family, Fd socket);

  /**
   * The address at a connection's other end (getpeername(2)); one without a path in the Unix
   * domain, where hardly anybody has one, and if the connection is gone.
   */
  SocketAddress peerAddress(StandardProtocolFamily family, int connection);

  /** How the kernel's threads library knows the thread that asks (pthread_self(3)). */
  long currentThread();

  /**
   * Lets a living thread of this JVM that waits in a system call look again: the signal by which
   * the JDK does so when it closes a socket (pthread_kill(3)).
   */
  void interrupt(long thread);
}
