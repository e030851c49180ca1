package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Fd;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/** Descriptors by the JDK's own native methods, which only classes beside them may call. */
final class JdkDescriptors implements Descriptors {
  private static final String FLAGS = "flags:";

  private static final int O_NONBLOCK = 0x800;

  private final Function<Object[], @Nullable Object> bridge;

  /** Where epoll_wait(2) puts an event that nobody looks at: all who wait know what it is. */
  private volatile long event;

  private JdkDescriptors(Function<Object[], @Nullable Object> bridge) {
    this.bridge = bridge;
  }

  /**
   * Takes what the bridge leads to.
   *
   * @param bridgeClass of {@link BridgeCode}
   * @throws LinkageError if it does not fit this JDK
   */
  @SuppressWarnings("unchecked") // its code is ours
  static JdkDescriptors through(Class<?> bridgeClass) {
    Unsafe.getUnsafe().ensureClassInitialized(bridgeClass); // it puts itself where we look
    Object bridge = System.getProperties().remove(BridgeCode.PROPERTY);
    return new JdkDescriptors(
        (Function<Object[], @Nullable Object>) Objects.requireNonNull(bridge));
  }

  private @Nullable Object call(Object... call) {
    try {
      return bridge.apply(call);
    } catch (Exception e) {
      if (e instanceof IOException failed) { // no function may throw it; this one does
        throw new UncheckedIOException(failed);
      }
      throw e;
    }
  }

  private int number(Object... call) {
    return (int) Objects.requireNonNull(call(call));
  }

  @Override
  public void replace(int number, Fd by) {
    String key = BridgeCode.DUP2 + Thread.currentThread().threadId();
    var _ = System.getProperties().put(key, new int[] {by.number(), number});
    var _ = call(BridgeCode.REPLACE);
  }

  @Override
  public int control(int set, Interest interest, int number, int events) {
    return number(BridgeCode.CONTROL, set, interest.operation(), number, events);
  }

  @Override
  public int openEpoll() {
    try {
      if (event == 0) { // at the start nobody needs it, and most programs never do
        event = (long) Objects.requireNonNull(call(BridgeCode.ALLOCATE_EVENT));
      }
      return number(BridgeCode.OPEN_EPOLL);
    } catch (UncheckedIOException e) {
      return NO_EPOLL;
    }
  }

  @Override
  public void awaitEpoll(int set, int timeoutMs) {
    var _ = call(BridgeCode.AWAIT_EPOLL, set, event, timeoutMs);
  }

  /** By proc(5): no native method of the JDK tells. */
  @Override
  public boolean isBlocking(int number) {
    try (InputStream in = new FileInputStream("/proc/self/fdinfo/" + number)) {
      String info = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : info.split("\n", -1)) {
        if (line.startsWith(FLAGS)) {
          int flags = Integer.parseInt(line.substring(FLAGS.length()).strip(), 8);
          return (flags & O_NONBLOCK) == 0;
        }
      }
    } catch (IOException e) {
      // not known
    }
    return false;
  }

  @Override
  public Fd listenQuietly(StandardProtocolFamily family, int backlog) {
    if (family == StandardProtocolFamily.UNIX) {
      int number = number(BridgeCode.LISTEN_AT_PATH, backlog);
      Path path = ((UnixDomainSocketAddress) localAddress(family, number)).getPath();
      return new Fd(fd -> closeAndDelete(fd, path), number);
    }
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    return new Fd(this, number(BridgeCode.LISTEN, StandardProtocolFamily.INET, loopback, backlog));
  }

  private void closeAndDelete(int fd, Path path) {
    close(fd);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // an empty file among the temporary ones
    }
  }

  @Override
  public void resizeQueue(Fd listener, int backlog) {
    var _ = call(BridgeCode.RESIZE, listener.number(), backlog);
  }

  @Override
  public SocketAddress localAddress(StandardProtocolFamily family, Fd socket) {
    return localAddress(family, socket.number());
  }

  private SocketAddress localAddress(StandardProtocolFamily family, int number) {
    int which = family == StandardProtocolFamily.UNIX ? BridgeCode.PATH : BridgeCode.ADDRESS;
    return (SocketAddress) Objects.requireNonNull(call(which, number));
  }

  @Override
  public SocketAddress peerAddress(StandardProtocolFamily family, int connection) {
    SocketAddress unnamed = UnixDomainSocketAddress.of("");
    try {
      return family == StandardProtocolFamily.UNIX
          ? unnamed
          : (SocketAddress) Objects.requireNonNull(call(BridgeCode.PEER, connection));
    } catch (UncheckedIOException e) {
      return unnamed;
    }
  }

  @Override
  public long currentThread() {
    return (long) Objects.requireNonNull(call(BridgeCode.THREAD));
  }

  @Override
  public void interrupt(long thread) {
    var _ = call(BridgeCode.INTERRUPT, thread);
  }

  @Override
  public void close(int fd) {
    var _ = call(BridgeCode.CLOSE, fd);
  }
}
