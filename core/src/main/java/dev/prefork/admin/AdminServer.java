package dev.prefork.admin;

import dev.prefork.PreforkException;
import dev.prefork.listen.ListenAddress;
import dev.prefork.posix.SocketAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP server for those who look after the server, on threads of its own: it answers while
 * every worker hangs, and nobody who talks to it can hold up the supervisor. Who talks too slowly
 * makes room for the next: at most 16 connections are open, and the oldest gives way.
 */
public final class AdminServer implements AutoCloseable {
  static final int PLACES = 16;

  private static final int BACKLOG = 64;
  private static final Duration LAST_ACCEPT = Duration.ofSeconds(1);
  private static final long AFTER_FAILURE_NS = Duration.ofMillis(100).toNanos();

  private final ServerSocket listener;
  private final HostCheck hosts;
  private final ArrayDeque<Socket> open = new ArrayDeque<>();
  private volatile @Nullable Thread acceptor;

  private AdminServer(ServerSocket listener, HostCheck hosts) {
    this.listener = listener;
    this.hosts = hosts;
  }

  /**
   * Checks an address without binding it.
   *
   * @throws PreforkException (usage) if it is none
   */
  public static void check(String address) {
    var _ = AdminAddress.parse(address);
  }

  /**
   * Binds; {@link #start} begins to answer.
   *
   * @param address {@code HOST:PORT}, or a port on the loopback address
   * @throws PreforkException (usage) for what is no address, (unavailable) if it can't be bound
   */
  public static AdminServer open(String address) {
    ListenAddress parsed = AdminAddress.parse(address);
    try {
      ServerSocket listener = new ServerSocket();
      bind(listener, AdminAddress.resolve(parsed));
      return new AdminServer(listener, new HostCheck(parsed.host()));
    } catch (IOException e) {
      throw AdminAddress.notBound(address, String.valueOf(e.getMessage()));
    }
  }

  private static void bind(ServerSocket listener, InetSocketAddress address) throws IOException {
    try {
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Where its page is, for people. */
  public String url() {
    return "http://" + SocketAddresses.format(address()) + "/";
  }

  /** Begins to answer. */
  public void start(AdminView view) {
    AdminPages pages = new AdminPages(view, hosts);
    acceptor = Thread.ofPlatform().daemon().name("prefork-admin").start(() -> acceptAll(pages));
  }

  private void acceptAll(AdminPages pages) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        admit(socket);
        Thread.ofPlatform()
            .daemon()
            .name("prefork-admin-connection")
            .start(() -> talk(socket, pages));
      } catch (IOException | OutOfMemoryError e) { // no descriptor or no thread to be had just now
        if (!listener.isClosed()) {
          LockSupport.parkNanos(AFTER_FAILURE_NS);
        }
      }
    }
  }

  private void admit(Socket socket) {
    Socket oldest;
    synchronized (open) {
      oldest = open.size() < PLACES ? null : open.removeFirst();
      open.addLast(socket);
    }
    if (oldest != null) {
      closeQuietly(oldest);
    }
  }

  private void talk(Socket socket, AdminPages pages) {
    try {
      new HttpConversation(socket, pages).hold();
    } catch (IOException e) {
      return; // it went away, or was sent away
    } finally {
      synchronized (open) {
        open.remove(socket);
      }
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // closed all the same
    }
  }

  /** Stops listening, and cuts who is still talking. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      return; // closed all the same
    } finally {
      synchronized (open) {
        open.forEach(AdminServer::closeQuietly);
      }
      awaitAcceptor();
    }
  }

  /** A thread in accept(2) keeps the listener open until it has left. */
  private void awaitAcceptor() {
    try {
      Thread started = acceptor;
      if (started != null) {
        var _ = started.join(LAST_ACCEPT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
