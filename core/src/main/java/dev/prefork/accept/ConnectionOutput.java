package dev.prefork.accept;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** The bytes for the peer, buffered. Closing it sends them; the worker closes the connection. */
final class ConnectionOutput extends OutputStream {
  private final SocketChannel channel;
  private final boolean internet;
  private final ByteBuffer buffer;
  private long sent;
  private boolean failed;

  /**
   * Nothing written yet.
   *
   * @param internet whether it is a socket of TCP, which may be corked, not of the Unix domain
   */
  ConnectionOutput(SocketChannel channel, boolean internet, ByteBuffer buffer) {
    this.channel = channel;
    this.internet = internet;
    this.buffer = buffer.clear();
  }

  @Override
  public void write(int value) throws IOException {
    if (!buffer.hasRemaining()) {
      sendBuffered();
    }
    buffer.put((byte) value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > buffer.remaining()) {
      sendBuffered();
    }
    if (length > buffer.capacity()) {
      send(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  /**
   * Sends what is buffered, and what the corked socket holds back: TCP_NODELAY pushes it (tcp(7)).
   */
  @Override
  public void flush() throws IOException {
    sendBuffered();
    if (internet) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /** Hands what is buffered to the kernel, which may wait for more. */
  void sendBuffered() throws IOException {
    if (buffer.position() > 0) {
      try {
        send(buffer.flip());
      } finally {
        buffer.clear();
      }
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private void send(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        sent += channel.write(bytes);
      }
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** How many bytes the kernel has taken. */
  long sent() {
    return sent;
  }

  /** Whether a write has failed. */
  boolean failed() {
    return failed;
  }
}
