package dev.prefork.control;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 over a socket, both ways and within bounds: neither a peer that says nothing, nor
 * one that reads nothing, nor one whose line never ends holds a thread for ever. For one thread;
 * only {@link #wake} and {@link #stop} are for others.
 */
public final class LineChannel implements AutoCloseable {
  private static final int CHUNK = 8 * 1024;
  private static final int NO_INTEREST = 0;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final int maxLine;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private byte[] received = new byte[CHUNK];
  private int length;
  private boolean ended;
  private volatile boolean stopped;

  /**
   * Takes over a connected channel.
   *
   * @param maxLine the most bytes that a line of the peer's may have
   */
  public LineChannel(SocketChannel channel, int maxLine) throws IOException {
    this.channel = channel;
    this.maxLine = maxLine;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * Waits for the next line.
   *
   * @return without its end; null if the peer has ended; half a line at the end is dropped
   * @throws SocketTimeoutException if none came in time
   * @throws LineTooLongException if the peer's line is longer than it may be
   */
  public @Nullable String read(Duration timeout) throws IOException {
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    int searched = 0;
    while (true) {
      int end = indexOfNewline(searched);
      if (end >= 0) {
        return take(end);
      }
      if (length > maxLine) {
        throw new LineTooLongException(maxLine);
      }
      if (ended) {
        return null;
      }
      searched = length;
      if (System.nanoTime() >= deadlineNs) {
        throw new SocketTimeoutException("no line within " + timeout);
      }
      pause(deadlineNs);
    }
  }

  private int indexOfNewline(int from) {
    for (int i = from; i < length; i++) {
      if (received[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String take(int end) throws LineTooLongException {
    if (end > maxLine) {
      throw new LineTooLongException(maxLine);
    }
    String line = new String(received, 0, end, StandardCharsets.UTF_8);
    length -= end + 1;
    System.arraycopy(received, end + 1, received, 0, length);
    return line;
  }

  /** Waits until the peer sends something or ends, somebody calls {@link #wake}, or the time. */
  public void pause(long deadlineNs) throws IOException {
    key.interestOps(ended || length > maxLine ? NO_INTEREST : SelectionKey.OP_READ);
    await(deadlineNs);
    if (key.isReadable()) {
      receive();
    }
  }

  private void await(long deadlineNs) throws IOException {
    long leftMs = (deadlineNs - System.nanoTime() + 999_999) / 1_000_000;
    if (leftMs > 0) {
      var _ = selector.select(leftMs);
    } else {
      var _ = selector.selectNow();
    }
    selector.selectedKeys().clear();
    if (stopped) {
      throw new AsynchronousCloseException();
    }
  }

  private void receive() throws IOException {
    int count = channel.read(chunk.clear());
    if (count < 0) {
      ended = true;
      return;
    }
    if (length + count > received.length) {
      received = Arrays.copyOf(received, Math.max(2 * received.length, length + count));
    }
    chunk.flip().get(received, length, count);
    length += count;
  }

  /**
   * Sends a line.
   *
   * @param line without its end
   * @throws SocketTimeoutException if the peer did not read it in time
   * @throws IOException if the peer is gone
   */
  public void write(String line, Duration timeout) throws IOException {
    send(line + "\n", timeout);
  }

  /** Sends text, as {@link #write} does, and no end of a line after it. */
  void send(String text, Duration timeout) throws IOException {
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (true) {
      var _ = channel.write(bytes);
      if (!bytes.hasRemaining()) {
        return;
      }
      if (System.nanoTime() >= deadlineNs) {
        throw new SocketTimeoutException("the peer does not read");
      }
      key.interestOps(SelectionKey.OP_WRITE);
      await(deadlineNs);
    }
  }

  /**
   * Drops what the peer still sends, until it ends, for at most that long: a peer in the midst of a
   * long write could not read why it is refused.
   */
  void drop(Duration most) throws IOException {
    long deadlineNs = System.nanoTime() + most.toNanos();
    var _ = channel.shutdownOutput();
    while (!ended && System.nanoTime() < deadlineNs) {
      length = 0;
      pause(deadlineNs);
    }
  }

  /** Ends a {@link #pause}, from any thread. */
  public void wake() {
    var _ = selector.wakeup();
  }

  /** Makes every wait end in an exception, now and from now on, from any thread. */
  public void stop() {
    stopped = true;
    wake();
  }

  /** Whether the peer will send no more. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
