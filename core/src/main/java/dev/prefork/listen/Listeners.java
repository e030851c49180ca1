package dev.prefork.listen;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Errno;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets of one server: all of its addresses are bound, or none. */
public final class Listeners implements AutoCloseable {
  /** How long the workers of a supervisor that was killed may take to let go of an address. */
  private static final Duration ORPHANS_LET_GO = Duration.ofSeconds(2);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(20);

  private final List<Listener> all;
  private final List<UnixPath> paths;
  private volatile Runnable alsoOnClose = () -> {};

  private Listeners(List<Listener> all, List<UnixPath> paths) {
    this.all = List.copyOf(all);
    this.paths = List.copyOf(paths);
  }

  /**
   * Binds every address.
   *
   * @param addresses as written; a name is bound on all addresses it resolves to
   * @param backlog the kernel queue length asked for
   * @param accept who may accept now
   * @param forProgram whether a program accepts: it finds sockets as it would have made them, but
   *     for that they never block, whatever it sets
   * @throws PreforkException (usage) for what is no address, (unavailable) for one that can't be
   *     bound, with the holder's pid where /proc tells it
   */
  public static Listeners open(
      Posix posix, List<String> addresses, int backlog, AcceptMode accept, boolean forProgram) {
    List<SocketAddress> resolved = new ArrayList<>();
    for (String address : addresses) {
      resolved.addAll(ListenAddress.resolve(address));
    }
    List<Listener> opened = new ArrayList<>();
    List<UnixPath> paths = new ArrayList<>();
    try {
      for (SocketAddress address : resolved) {
        Fd socket =
            address instanceof UnixDomainSocketAddress unix
                ? bind(posix, unix, backlog, paths)
                : bind(posix, address, backlog);
        opened.add(new Listener(socket, boundAddress(posix, socket), backlog));
      }
      // Under a lock a worker blocks in accept, if there is one listener. All others wait first,
      // and must not block after: whoever was quicker may have taken the connection.
      boolean blocking = !forProgram && accept != AcceptMode.KERNEL && opened.size() == 1;
      for (Listener listener : opened) {
        posix.setBlocking(listener.socket(), blocking);
        if (!forProgram && listener.address() instanceof InetSocketAddress) {
          posix.cork(listener.socket());
        }
      }
      return new Listeners(opened, paths);
    } catch (RuntimeException e) {
      opened.forEach(listener -> listener.socket().close());
      paths.forEach(UnixPath::remove);
      throw e;
    }
  }

  private static SocketAddress boundAddress(Posix posix, Fd socket) {
    try {
      return posix.localAddress(socket);
    } catch (PosixException e) {
      socket.close();
      throw e;
    }
  }

  /** The listeners, in the order of their addresses. */
  public List<Listener> all() {
    return all;
  }

  /** The addresses, as {@code --listen} takes them. */
  public List<SocketAddress> addresses() {
    return all.stream().map(Listener::address).toList();
  }

  /** Has this done before they are closed: whoever else has inherited them must let go too. */
  public void onClose(Runnable also) {
    alsoOnClose = also;
  }

  /**
   * Closes the supervisor's descriptors: once the workers have closed theirs, clients are refused.
   */
  @Override
  public void close() {
    alsoOnClose.run();
    all.forEach(listener -> listener.socket().close());
    paths.forEach(UnixPath::remove);
  }

  private static Fd bind(
      Posix posix, UnixDomainSocketAddress address, int backlog, List<UnixPath> paths) {
    UnixPath path = new UnixPath(address);
    path.clear();
    Fd socket = bind(posix, address, backlog);
    path.bound();
    paths.add(path);
    return socket;
  }

  private static Fd bind(Posix posix, SocketAddress address, int backlog) {
    long giveUpNs = System.nanoTime() + ORPHANS_LET_GO.toNanos();
    while (true) {
      try {
        return posix.listen(address, backlog);
      } catch (PosixException e) {
        List<PortHolder> holders =
            e.errno().equals(Errno.EADDRINUSE) ? PortHolder.find(address) : List.of();
        boolean orphansOnly = !holders.isEmpty() && holders.stream().allMatch(PortHolder::isWorker);
        if (!orphansOnly || System.nanoTime() >= giveUpNs) {
          throw new PreforkException(
              ExitStatus.UNAVAILABLE, e.getMessage() + hint(e.errno(), address, holders));
        }
        pause();
      }
    }
  }

  private static String hint(Errno errno, SocketAddress address, List<PortHolder> holders) {
    if (address instanceof InetSocketAddress inet) {
      return hint(errno, inet, holders);
    }
    if (errno.equals(Errno.EACCES)) {
      return "; its directory is not for this user to write to: choose another path";
    }
    return errno.equals(Errno.ENOENT) ? "; make its directory, or choose another path" : "";
  }

  private static String hint(Errno errno, InetSocketAddress address, List<PortHolder> holders) {
    if (errno.equals(Errno.EADDRINUSE)) {
      return holders.isEmpty()
          ? "; choose another port, or stop the program that holds it (ss -ltnp tells which)"
          : "; held by " + holders.getFirst() + ": stop it, or choose another port";
    }
    if (errno.equals(Errno.EACCES)) {
      return "; a port below 1024 needs root or CAP_NET_BIND_SERVICE: choose one from 1024 up";
    }
    if (errno.equals(Errno.EADDRNOTAVAIL)) {
      return "; "
          + address.getAddress().getHostAddress()
          + " is no address of this machine (ip addr lists them)";
    }
    return "";
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PreforkException(ExitStatus.TRY_AGAIN, "interrupted while waiting for an address");
    }
  }
}
