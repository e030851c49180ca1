package dev.prefork.accept;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One blocking listener, under a lock: a bare accept(2). */
final class SingleAcceptor implements Acceptor {
  private final ServerSocketChannel listener;

  SingleAcceptor(ServerSocketChannel listener) {
    this.listener = listener;
  }

  @Override
  public @Nullable SocketChannel accept() throws IOException {
    try {
      return listener.accept();
    } catch (ClosedByInterruptException e) {
      throw e; // the gate is not closed, but nothing will be accepted any more
    } catch (ClosedChannelException e) {
      return null; // a connection that had been taken would have been returned
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
