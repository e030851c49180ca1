package dev.prefork.adopt;

import dev.prefork.posix.Descriptors;
import dev.prefork.posix.Fd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Descriptors by the JDK's own native methods, which only classes beside them may call. */
final class JdkDescriptors implements Descriptors {
  private static final String NEIGHBOUR = "sun.nio.ch.IOUtil";

  private final Function<Object[], @Nullable Object> bridge;

  private JdkDescriptors(Function<Object[], @Nullable Object> bridge) {
    this.bridge = bridge;
  }

  /**
   * Puts the bridge beside the JDK's sockets.
   *
   * @param code of {@link BridgeCode}
   * @throws ReflectiveOperationException if it does not fit this JDK
   */
  @SuppressWarnings("unchecked") // its code is ours
  static JdkDescriptors through(byte[] code) throws ReflectiveOperationException {
    MethodHandles.Lookup inside =
        MethodHandles.privateLookupIn(Class.forName(NEIGHBOUR), MethodHandles.lookup());
    var _ = inside.defineClass(code);
    var _ = Class.forName(BridgeCode.NAME, true, null); // it puts itself where we look
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
  public Fd listenQuietly(int backlog) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    return new Fd(this, number(BridgeCode.LISTEN, StandardProtocolFamily.INET, loopback, backlog));
  }

  @Override
  public void resizeQueue(Fd listener, int backlog) {
    var _ = call(BridgeCode.RESIZE, listener.number(), backlog);
  }

  @Override
  public InetSocketAddress localAddress(Fd socket) {
    return (InetSocketAddress) Objects.requireNonNull(call(BridgeCode.ADDRESS, socket.number()));
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
