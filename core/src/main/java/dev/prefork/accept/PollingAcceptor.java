package dev.prefork.accept;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several non-blocking listeners behind one selector. Always used under the accept lock, so that
 * one worker at a time waits, on all of them.
 */
final class PollingAcceptor implements Acceptor {
  private final List<ServerSocketChannel> listeners;
  private final Selector selector;

  PollingAcceptor(List<ServerSocketChannel> listeners) throws IOException {
    this.listeners = listeners;
    this.selector = Selector.open();
    for (ServerSocketChannel listener : listeners) {
      listener.configureBlocking(false); // the supervisor has set the shared flag so already
      listener.register(selector, SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public @Nullable SocketChannel accept() throws IOException {
    try {
      // Keys left from the last time come first, so that a busy listener starves no other.
      if (selector.selectedKeys().isEmpty()) {
        selector.select();
      }
      Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
      while (ready.hasNext()) {
        SelectionKey key = ready.next();
        ready.remove();
        SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
        if (accepted != null) {
          return accepted;
        }
      }
      return null;
    } catch (ClosedChannelException | ClosedSelectorException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel listener : listeners) {
      listener.close();
    }
    selector.close(); // after them: a registered channel's descriptor is freed with its selector
  }
}
