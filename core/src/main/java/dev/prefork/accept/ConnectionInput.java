package dev.prefork.accept;

import dev.prefork.ConnectionTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** The peer's bytes, buffered, until the connection's deadline. */
final class ConnectionInput extends InputStream {
  private final SocketChannel channel;
  private final boolean internet;
  private final byte[] buffer;
  private final ByteBuffer arriving;
  private long deadlineNs;
  private int position;
  private int limit;
  private boolean atEnd;
  private boolean failed;
  private long received;
  private volatile boolean expired;

  /**
   * Nothing read yet.
   *
   * @param internet whether it is a socket of TCP, not of the Unix domain
   */
  ConnectionInput(
      SocketChannel channel, boolean internet, ConnectionBuffers buffers, long deadlineNs) {
    this.channel = channel;
    this.internet = internet;
    this.buffer = buffers.input;
    this.arriving = buffers.arriving;
    this.deadlineNs = deadlineNs;
  }

  @Override
  public int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  /** Bytes that a read returns at once, without a look at the socket. */
  @Override
  public int available() {
    return limit - position;
  }

  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int count = receive();
    atEnd = count < 0;
    position = 0;
    limit = Math.max(count, 0);
    return !atEnd;
  }

  private int receive() throws IOException {
    throwIfExpired(System.nanoTime() - deadlineNs >= 0);
    try {
      int count = channel.read(arriving.clear());
      throwIfExpired(expired);
      if (count > 0) {
        arriving.get(0, buffer, 0, count);
        received += count;
      }
      return count;
    } catch (ConnectionTimeoutException e) {
      throw e;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private static void throwIfExpired(boolean expired) throws ConnectionTimeoutException {
    if (expired) {
      throw new ConnectionTimeoutException("the deadline of the connection has passed");
    }
  }

  /** Moves the deadline; by the thread that reads. */
  void deadline(long laterNs) {
    deadlineNs = laterNs;
  }

  /** Ends a read that waits, and refuses every later one. From any thread. */
  void expire() throws IOException {
    expired = true;
    channel.shutdownInput();
  }

  /** Whether the peer has shut down its sending side and all of it has been received. */
  boolean atEnd() {
    return atEnd;
  }

  /** Whether a read has failed, other than by the deadline. */
  boolean failed() {
    return failed;
  }

  /** How many bytes have come, dropped ones included. */
  long received() {
    return received;
  }

  /** Whether the kernel holds input that nobody has read. */
  boolean hasArrived() throws IOException {
    if (expired) {
      return false;
    }
    if (internet) {
      return channel.socket().getInputStream().available() > 0;
    }
    // The JDK's sockets of the Unix domain can't tell: this reads, and drops, what is there.
    channel.configureBlocking(false);
    int count = channel.read(arriving.clear());
    received += Math.max(count, 0);
    return count > 0;
  }

  /**
   * Receives and drops until end of file, or until one of the limits. After the deadline the
   * channel refuses to read; what then arrives before the close resets a connection that has
   * already ended.
   */
  void discard(int limitMs, int maxBytes) throws IOException {
    if (internet) {
      discardOfSocket(limitMs, maxBytes);
    } else {
      discardOfChannel(limitMs, maxBytes);
    }
  }

  private void discardOfSocket(int limitMs, int maxBytes) throws IOException {
    Socket socket = channel.socket(); // its reads can wait for a limited time, the channel's can't
    long untilNs = System.nanoTime() + limitMs * 1_000_000L;
    long leftMs = limitMs;
    int dropped = 0;
    int count = 0;
    try {
      while (!expired && count >= 0 && dropped < maxBytes && leftMs > 0) {
        socket.setSoTimeout((int) leftMs);
        count = socket.getInputStream().read(buffer);
        dropped += Math.max(count, 0);
        received += Math.max(count, 0);
        leftMs = (untilNs - System.nanoTime()) / 1_000_000;
      }
    } catch (SocketTimeoutException e) {
      // long enough
    }
  }

  private void discardOfChannel(int limitMs, int maxBytes) throws IOException {
    long untilNs = System.nanoTime() + limitMs * 1_000_000L;
    long leftMs = limitMs;
    int dropped = 0;
    int count = 0;
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      var _ = channel.register(selector, SelectionKey.OP_READ);
      while (!expired && count >= 0 && dropped < maxBytes && leftMs > 0) {
        var _ = selector.select(leftMs);
        selector.selectedKeys().clear();
        count = channel.read(arriving.clear());
        dropped += Math.max(count, 0);
        received += Math.max(count, 0);
        leftMs = (untilNs - System.nanoTime()) / 1_000_000;
      }
    }
  }
}
