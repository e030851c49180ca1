package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Descriptors.Interest;
import dev.prefork.posix.Fd;
import dev.prefork.posix.SocketAddresses;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A listener of the supervisor, inherited by this worker, and the descriptor of the program that
 * has come to mean it. While the gate is closed, that descriptor means a quiet socket instead, on
 * which no connection ever comes but the worker's own.
 */
final class SharedListener {
  private static final int NOBODY = -1;

  /** Of the quiet socket: whether the program is ready is asked by one connection after another. */
  private static final int QUIET_BACKLOG = 8;

  private final Descriptors descriptors;
  private final StandardProtocolFamily family;
  private final Fd inherited;
  private int queueLength;
  private final SocketAddress address;

  private final EpollWatches watches;
  private final BlockedAccepts blocked;

  /** Threads of the program that accept, or wait for something to accept. */
  private final Map<Thread, Long> acceptors = new HashMap<>();

  private volatile int adopter = NOBODY;
  private boolean everAdopted;
  private boolean blocks;
  private boolean used;
  private boolean open;
  private @Nullable Fd quiet;

  /**
   * Nobody has adopted it.
   *
   * @param backlog how long its queue is
   */
  SharedListener(
      Descriptors descriptors, StandardProtocolFamily family, Fd inherited, int backlog) {
    this.descriptors = descriptors;
    this.watches = new EpollWatches(descriptors);
    this.blocked = new BlockedAccepts(descriptors, watches);
    this.family = family;
    this.inherited = inherited;
    this.queueLength = backlog;
    this.address = descriptors.localAddress(family, inherited);
  }

  /** What it listens for. */
  StandardProtocolFamily family() {
    return family;
  }

  /** Where the supervisor listens. */
  SocketAddress address() {
    return address;
  }

  /** Whether a program that binds this means us: the same port, and the same address or any. */
  boolean isMeantBy(SocketAddress bound) {
    if (!(bound instanceof InetSocketAddress inet && address instanceof InetSocketAddress ours)) {
      return isExactly(bound);
    }
    return inet.getPort() == ours.getPort()
        && (inet.getAddress().equals(ours.getAddress())
            || inet.getAddress().isAnyLocalAddress()
            || ours.getAddress().isAnyLocalAddress());
  }

  /** Whether it is bound as we are, so that no other listener is meant rather. */
  boolean isExactly(SocketAddress bound) {
    return bound.equals(address);
  }

  /** Whether the file at this path is ours. Asked at every deletion, of TCP most often. */
  boolean isAt(Path path) {
    return address instanceof UnixDomainSocketAddress unix
        && unix.getPath().equals(path.toAbsolutePath().normalize());
  }

  boolean isAdopted() {
    return adopter != NOBODY;
  }

  boolean isAdoptedBy(int descriptor) {
    return adopter == descriptor;
  }

  boolean wasEverAdopted() {
    return everAdopted;
  }

  /** Lets the program's descriptor mean this listener. */
  void adopt(int descriptor) {
    blocks = descriptors.isBlocking(descriptor);
    descriptors.replace(descriptor, inherited);
    adopter = descriptor;
    everAdopted = true;
  }

  /** The program closes its descriptor, and may bind another one. */
  void forget() {
    blocked.forget(adopter);
    adopter = NOBODY;
    watches.clear();
    if (quiet != null) {
      quiet.close();
      quiet = null;
    }
  }

  /** The longer queue holds: the supervisor's, or the one that the program asks for. */
  void lengthenQueue(int backlog) {
    if (backlog > queueLength) {
      descriptors.resizeQueue(inherited, backlog);
      queueLength = backlog;
    }
  }

  /** The program waits for connections from now on; returns whether that is new. */
  boolean use() {
    boolean first = !used;
    used = true;
    if (!open) {
      shut();
    }
    return first;
  }

  /** This thread accepts. If it waits in poll(2), that is not for what is meant from now on. */
  void accepting() {
    if (!Thread.currentThread().isVirtual()) { // one of those waits by an epoll set
      acceptors.put(Thread.currentThread(), descriptors.currentThread());
    }
  }

  /** Whether the program wants its accepts to block. */
  void block(boolean value) {
    blocks = value;
  }

  /** Whether an accept of this thread that has found nothing is to wait and to be tried again. */
  boolean blocks() {
    return blocks && !Thread.currentThread().isVirtual();
  }

  /** Returns the epoll set to wait in, if there is one: {@link #awaitConnection}. */
  int watchForBlocked() {
    return blocked.watch(adopter);
  }

  /** Waits until there may be a connection, but no longer than a second. Not under a lock. */
  void awaitConnection(int set) {
    blocked.await(set);
  }

  boolean isUsed() {
    return used;
  }

  /** Lets an epoll set of the program watch what its descriptor means; returns the errno. */
  int control(int set, Interest interest, int events) {
    return watches.control(set, interest, adopter, events);
  }

  /** Lets the other workers have the next connection, if they wait for one. */
  void letOthersFirst() {
    if (open) {
      watches.beginAnew(adopter);
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Lets connections through. A thread that waits for the quiet socket in poll(2) looks again. */
  void open() {
    open = true;
    if (quiet != null) {
      mean(inherited);
      // No lambda: the worker that trains the cache never opens, so that it would be spun here.
      for (Map.Entry<Thread, Long> acceptor : acceptors.entrySet()) {
        interrupt(acceptor.getKey(), acceptor.getValue());
      }
      acceptors.clear();
      quiet.close();
      quiet = null;
    }
  }

  /** The number of a thread that has ended may mean anything. */
  private void interrupt(Thread thread, long number) {
    if (thread.isAlive()) {
      descriptors.interrupt(number);
    }
  }

  /** Lets no more connections through, until it is opened again. */
  void shut() {
    open = false;
    if (used && isAdopted() && quiet == null) {
      Fd fresh = descriptors.listenQuietly(family, QUIET_BACKLOG);
      mean(fresh);
      quiet = fresh;
    }
  }

  /** Lets no more connections through, and lets go of the listener. */
  void close() {
    used = true; // who has not waited yet must not begin to
    shut();
    inherited.close();
  }

  private void mean(Fd file) {
    watches.move(adopter, file);
  }

  /** Where the program accepts from this process alone; null if it does not, or from everybody. */
  @Nullable SocketAddress quietAddress() {
    return quiet == null ? null : descriptors.localAddress(family, quiet);
  }

  /** The address, as {@code --listen} takes it. */
  @Override
  public String toString() {
    return SocketAddresses.format(address);
  }
}
