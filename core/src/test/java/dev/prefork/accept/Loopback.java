package dev.prefork.accept;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Real sockets of this machine alone, closed with their test. */
final class Loopback implements Closeable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Closeable> opened = new ArrayList<>();

  ServerSocketChannel listener() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    opened.add(listener);
    return listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
  }

  Socket connect(ServerSocketChannel listener) throws IOException {
    Socket client = new Socket();
    opened.add(client);
    client.setSoTimeout((int) PATIENCE.toMillis());
    client.connect(listener.getLocalAddress());
    return client;
  }

  /** The server's end of the connection that comes next. */
  SocketChannel accept(ServerSocketChannel listener) throws IOException {
    SocketChannel accepted = listener.accept();
    opened.add(accepted);
    return accepted;
  }

  /** Waits for what must come, within a generous bound. */
  static void await(String what, BooleanSupplier condition) {
    long giveUpNs = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUpNs) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : opened.reversed()) {
      each.close();
    }
  }
}
