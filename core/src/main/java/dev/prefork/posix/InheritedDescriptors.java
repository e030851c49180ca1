package dev.prefork.posix;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * Java's objects for descriptors that were inherited by number. By reflection on {@code
 * sun.nio.ch}, because the JDK adopts descriptor 0 alone ({@link System#inheritedChannel}) and
 * linking native calls would cost every worker 9 MB; the worker's command line opens that package
 * ({@link #REQUIRED_OPENS}).
 */
public final class InheritedDescriptors {
  /** What the JVM that uses this class must be started with. */
  public static final String REQUIRED_OPENS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

  private InheritedDescriptors() {}

  /** Reads from an inherited descriptor; closing the stream closes it. */
  public static FileInputStream input(int fd) {
    return new FileInputStream(descriptor(fd));
  }

  /** Writes to an inherited descriptor; closing the stream closes it. */
  public static FileOutputStream output(int fd) {
    return new FileOutputStream(descriptor(fd));
  }

  /**
   * The channel of an inherited listening socket. Closing it closes this process's descriptor and
   * leaves the socket to the others that share it. Whether it blocks is a flag of the shared
   * socket: nobody may change it here.
   */
  public static ServerSocketChannel serverChannel(int fd, ProtocolFamily family) {
    try {
      Constructor<?> constructor = channelConstructor();
      constructor.setAccessible(true);
      return (ServerSocketChannel)
          constructor.newInstance(SelectorProvider.provider(), family, descriptor(fd), true);
    } catch (ReflectiveOperationException e) {
      throw unfit(e);
    }
  }

  /** Whether this JDK has what workers adopt descriptors by; opens nothing. */
  public static boolean fitThisJdk() {
    try {
      var _ = channelConstructor();
      var _ = descriptorMaker();
      ListenerWatch.checkThisJdk();
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Constructor<?> channelConstructor() throws ReflectiveOperationException {
    return Class.forName("sun.nio.ch.ServerSocketChannelImpl")
        .getDeclaredConstructor(
            SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, boolean.class);
  }

  private static Method descriptorMaker() throws ReflectiveOperationException {
    return ioUtil().getMethod("newFD", int.class);
  }

  private static Class<?> ioUtil() throws ClassNotFoundException {
    return Class.forName("sun.nio.ch.IOUtil");
  }

  private static FileDescriptor descriptor(int fd) {
    try {
      return (FileDescriptor) descriptorMaker().invoke(null, fd);
    } catch (ReflectiveOperationException e) {
      throw unfit(e);
    }
  }

  /** What to throw where this JDK has not what is asked of it. */
  static UnsupportedOperationException unfit(ReflectiveOperationException e) {
    Throwable cause =
        e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    return new UnsupportedOperationException(
        "could not adopt an inherited descriptor: this JDK ("
            + Runtime.version()
            + ") has another sun.nio.ch than JDK 25, or "
            + REQUIRED_OPENS
            + " is missing",
        cause);
  }
}
