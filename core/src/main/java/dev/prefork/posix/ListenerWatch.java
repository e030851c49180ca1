package dev.prefork.posix;

import dev.prefork.posix.Descriptors.Interest;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * Waits for a connection at listeners that other processes wait at, too. A connection wakes one of
 * them (EPOLLEXCLUSIVE, epoll_ctl(2)): the first that waits, in the order in which they began to
 * watch; so the same process goes on as long as it is free, its code and data still in the
 * processor's caches, until it goes behind the others.
 *
 * <p>A {@link Selector} does the waiting, as it can be woken; what its epoll set watches is told by
 * reflection on {@code sun.nio.ch}, as in {@link InheritedDescriptors}.
 */
public final class ListenerWatch implements AutoCloseable {
  private static final int EVENTS = Descriptors.EPOLLIN | Descriptors.EPOLLEXCLUSIVE;

  private final Selector selector;
  private final int epollSet;
  private final Method control;
  private final int[] descriptors;
  private boolean closed;

  private ListenerWatch(Selector selector, List<ServerSocketChannel> listeners)
      throws IOException, ReflectiveOperationException {
    this.selector = selector;
    Field epollSetField = epollSetField();
    epollSetField.setAccessible(true);
    this.epollSet = epollSetField.getInt(selector);
    this.control = controlMethod();
    control.setAccessible(true);
    Method number = numberMethod();
    number.setAccessible(true);
    this.descriptors = new int[listeners.size()];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = (int) number.invoke(listeners.get(i));
      add(descriptors[i]);
    }
  }

  /**
   * Begins to watch, behind the processes that watch already.
   *
   * @param listeners non-blocking ones: another process may take what this one was woken for
   */
  public static ListenerWatch open(List<ServerSocketChannel> listeners) throws IOException {
    Selector selector = Selector.open();
    try {
      return new ListenerWatch(selector, listeners);
    } catch (IOException e) {
      selector.close();
      throw e;
    } catch (ReflectiveOperationException e) {
      selector.close();
      throw InheritedDescriptors.unfit(e);
    }
  }

  /**
   * Waits until there may be a connection, or until it is closed. An interrupt ends the wait and is
   * forgotten.
   */
  public void await() throws IOException {
    try {
      var _ = selector.select(); // none of its keys: the set watches more than the selector knows
    } catch (ClosedSelectorException e) {
      // nothing to wait for
    }
    var _ = Thread.interrupted();
  }

  /**
   * Begins to watch anew, behind the other processes.
   *
   * @throws IOException if the kernel has no memory for it; to be tried again, as nothing is
   *     watched
   */
  public synchronized void goBehind() throws IOException {
    if (closed) {
      return; // and its descriptors may mean something else by now
    }
    for (int descriptor : descriptors) {
      var _ = control(Interest.DELETE, descriptor); // fails if the last time ended in between
      add(descriptor);
    }
  }

  /** Ends the wait of a thread; to be called before the listeners are closed. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    selector.close();
  }

  private void add(int descriptor) throws IOException {
    int errno = control(Interest.ADD, descriptor);
    if (errno != 0) {
      throw new IOException("could not watch a listener (epoll_ctl: " + new Errno(errno) + ")");
    }
  }

  /** Returns the errno, 0 for done. */
  private int control(Interest interest, int descriptor) {
    try {
      return (int) control.invoke(null, epollSet, interest.operation(), descriptor, EVENTS);
    } catch (ReflectiveOperationException e) {
      throw InheritedDescriptors.unfit(e);
    }
  }

  /** Fails if this JDK has not what the watch is made of. */
  static void checkThisJdk() throws ReflectiveOperationException {
    var _ = epollSetField();
    var _ = controlMethod();
    var _ = numberMethod();
  }

  private static Field epollSetField() throws ReflectiveOperationException {
    return Class.forName("sun.nio.ch.EPollSelectorImpl").getDeclaredField("epfd");
  }

  private static Method controlMethod() throws ReflectiveOperationException {
    return Class.forName("sun.nio.ch.EPoll")
        .getDeclaredMethod("ctl", int.class, int.class, int.class, int.class);
  }

  private static Method numberMethod() throws ReflectiveOperationException {
    return Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
  }
}
