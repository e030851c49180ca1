package dev.prefork.accept;

import dev.prefork.ConnectionTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * The peer's bytes, buffered, until the connection's deadline. Reads go through the channel's
 * socket view: it alone can wait for a limited time on a blocking channel.
 */
final class ConnectionInput extends InputStream {
  private static final long NS_PER_MS = 1_000_000;

  /** For bytes that are there already: a read with a limit takes four system calls more. */
  private static final int NO_TIMEOUT = 0;

  private final Socket socket;
  private final InputStream source;
  private final byte[] buffer;
  private final long deadlineNs;
  private int position;
  private int limit;
  private boolean atEnd;
  private boolean failed;

  ConnectionInput(Socket socket, byte[] buffer, long deadlineNs) throws IOException {
    this.socket = socket;
    this.source = socket.getInputStream();
    this.buffer = buffer;
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
    int count = receive(deadlineNs);
    atEnd = count < 0;
    position = 0;
    limit = Math.max(count, 0);
    return !atEnd;
  }

  private int receive(long untilNs) throws IOException {
    try {
      int leftMs = leftMs(untilNs);
      socket.setSoTimeout(hasArrived() ? NO_TIMEOUT : leftMs);
      return source.read(buffer);
    } catch (SocketTimeoutException e) {
      throw new ConnectionTimeoutException("the deadline of the connection has passed");
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private static int leftMs(long untilNs) throws SocketTimeoutException {
    long leftNs = untilNs - System.nanoTime();
    if (leftNs <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min((leftNs + NS_PER_MS - 1) / NS_PER_MS, Integer.MAX_VALUE);
  }

  /** Whether the peer has shut down its sending side and all of it has been received. */
  boolean atEnd() {
    return atEnd;
  }

  /** Whether a read has failed, other than by the deadline. */
  boolean failed() {
    return failed;
  }

  /** Whether the kernel holds input that nobody has read. */
  boolean hasArrived() throws IOException {
    return source.available() > 0;
  }

  /** Receives and drops until end of file, the time, or the number of bytes. */
  void discard(long untilNs, int maxBytes) throws IOException {
    int dropped = 0;
    try {
      while (dropped < maxBytes) {
        int count = receive(untilNs);
        if (count < 0) {
          return;
        }
        dropped += count;
      }
    } catch (ConnectionTimeoutException e) {
      // long enough
    }
  }
}
