package dev.prefork.accept;

/** The buffers of one accepting thread, used by one connection after the other. */
final class ConnectionBuffers {
  private static final int SIZE = 8 * 1024;

  final byte[] input = new byte[SIZE];
  final byte[] output = new byte[SIZE];
}
