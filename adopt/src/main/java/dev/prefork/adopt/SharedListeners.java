package dev.prefork.adopt;

import dev.prefork.posix.InheritedDescriptors;
import dev.prefork.posix.SocketAddresses;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of the JDK's rewritten sockets: {@link SocketRewriter}. What concerns a
 * listener of the supervisor is done here, all else as ever.
 */
final class SharedListeners implements Function<Object[], @Nullable Object> {
  /** No connection now: IOStatus.UNAVAILABLE of sun.nio.ch. */
  private static final Integer UNAVAILABLE = -2;

  private final List<SharedListener> all;
  private final Runnable ready;
  private boolean closed;

  /**
   * Knows what is shared.
   *
   * @param ready told once, when the program waits for connections on all of them
   */
  SharedListeners(List<SharedListener> all, Runnable ready) {
    this.all = List.copyOf(all);
    this.ready = ready;
  }

  /** The call's name and arguments; null if it is to be made as ever. */
  @Override
  public synchronized @Nullable Object apply(Object[] call) {
    return switch ((String) call[0]) {
      case SocketRewriter.BIND -> bind(call);
      case SocketRewriter.LISTEN -> adoptedAs(call[1]) == null ? null : true; // it does already
      case SocketRewriter.CONFIGURE_BLOCKING -> configure(adoptedAs(call[1]), (boolean) call[2]);
      case SocketRewriter.SELECT -> {
        use(adoptedAs(call[1]));
        yield null;
      }
      case SocketRewriter.ACCEPT -> accept(adoptedAs(call[1]));
      default -> throw new IllegalArgumentException("no such question: " + call[0]);
    };
  }

  /** The last three arguments are descriptor, address and port; a family may stand before. */
  private @Nullable Object bind(Object[] call) {
    int port = (int) call[call.length - 1];
    InetAddress address = (InetAddress) call[call.length - 2];
    SharedListener meant = find(address, port);
    if (meant == null || closed) {
      warnOfFixed(address, port);
      return null;
    }
    meant.adopt(number(call[call.length - 3]));
    return true;
  }

  private @Nullable SharedListener find(InetAddress address, int port) {
    SharedListener found = null;
    for (SharedListener listener : all) {
      boolean better = found == null || listener.isExactly(address);
      if (!listener.isAdopted() && listener.isMeantBy(address, port) && better) {
        found = listener;
      }
    }
    return found;
  }

  /** Every other worker will want the same address, and only one can have it. */
  private void warnOfFixed(InetAddress address, int port) {
    if (port != 0) {
      String at =
          address.isAnyLocalAddress()
              ? Integer.toString(port)
              : SocketAddresses.format(new InetSocketAddress(address, port));
      System.err.println(
          "the program binds "
              + at
              + ", which is not shared: every worker would; add --listen for it, or let the program"
              + " take port 0");
    }
  }

  /** The flag is one for all processes that share the listener: none of them may change it. */
  private static @Nullable Object configure(@Nullable SharedListener listener, boolean blocking) {
    if (listener != null) {
      listener.blocking(blocking);
    }
    return listener == null ? null : true;
  }

  private void use(@Nullable SharedListener listener) {
    if (listener != null && listener.use() && all.stream().allMatch(SharedListener::isUsed)) {
      ready.run();
    }
  }

  /**
   * While the gate is closed, an accept waits if the program means it to. In poll(2), as the JDK
   * waits for a listener that does not block, it would go on waiting for whatever the descriptor
   * meant when it began.
   */
  private @Nullable Object accept(@Nullable SharedListener listener) {
    use(listener);
    if (listener == null || listener.isOpen()) {
      return null;
    }
    try {
      while (listener.isBlocking() && !listener.isOpen()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JDK's accept is for others to make sense of it
    }
    return listener.isOpen() ? null : UNAVAILABLE;
  }

  private @Nullable SharedListener adoptedAs(Object descriptor) {
    int number = number(descriptor);
    for (SharedListener listener : all) {
      if (listener.isAdoptedBy(number)) {
        return listener;
      }
    }
    return null;
  }

  private static int number(Object descriptor) {
    return InheritedDescriptors.number((FileDescriptor) descriptor);
  }

  /** Where they listen. */
  List<InetSocketAddress> addresses() {
    return all.stream().map(SharedListener::address).toList();
  }

  /** Lets connections through. */
  synchronized void open() {
    all.forEach(SharedListener::open);
    notifyAll();
  }

  /** Lets no more connections through; who waits for one goes on waiting. */
  synchronized void close() {
    closed = true;
    all.forEach(SharedListener::close);
  }
}
