package dev.prefork.accept;

import java.nio.ByteBuffer;

/**
 * The buffers of one accepting thread, used by one connection after the other. The kernel reads and
 * writes direct ones: through any other the channel would copy once more, each time.
 */
final class ConnectionBuffers {
  private static final int SIZE = 8 * 1024;

  final byte[] input;
  final ByteBuffer arriving;
  final ByteBuffer output;

  ConnectionBuffers() {
    this(SIZE);
  }

  /** Makes all of the same size. */
  ConnectionBuffers(int bytes) {
    this.input = new byte[bytes];
    this.arriving = ByteBuffer.allocateDirect(bytes);
    this.output = ByteBuffer.allocateDirect(bytes);
  }
}
