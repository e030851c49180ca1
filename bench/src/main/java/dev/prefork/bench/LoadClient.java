package dev.prefork.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client: connects, sends, reads to the end, closes, again and again until the time is up; once
 * at least.
 */
final class LoadClient implements Runnable {
  private static final int LONGEST_ANSWER = 4096;
  private static final long PAUSE_AFTER_REFUSAL_NS = 1_000_000;

  private final InetSocketAddress server;
  private final long endNs;
  private final LoadResult result;
  private final byte[] answer = new byte[LONGEST_ANSWER];
  private final ByteBuffer request = directCopyOf(Greeting.request());
  private final ByteBuffer received = ByteBuffer.allocateDirect(LONGEST_ANSWER);
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable IOException ownFailure;

  private record Attempt(SocketChannel channel, long startNs) {}

  /**
   * Prepares a client.
   *
   * @param window the time to measure, which ends at {@code endNs} of {@link System#nanoTime}
   */
  LoadClient(int port, Duration window, long endNs) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.endNs = endNs;
    this.result = new LoadResult(window);
  }

  private static ByteBuffer directCopyOf(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public void run() {
    do {
      connectOnce();
    } while (System.nanoTime() - endNs < 0 && ownFailure == null);
  }

  private void connectOnce() {
    long startNs = System.nanoTime();
    int length;
    try {
      length = exchange(startNs);
    } catch (IOException e) {
      Outcome.of(e).ifPresentOrElse(this::failed, () -> ownFailure = e);
      return;
    }
    long pid = Greeting.pidOf(answer, length);
    if (pid == 0) {
      result.recordFailure(length == 0 ? Outcome.EMPTY : Outcome.WRONG);
      return;
    }
    long nowNs = System.nanoTime();
    result.recordOk(pid, nowNs - startNs, nowNs - endNs <= 0);
  }

  private void failed(Outcome outcome) {
    result.recordFailure(outcome);
    if (outcome == Outcome.REFUSED) {
      LockSupport.parkNanos(PAUSE_AFTER_REFUSAL_NS);
    }
  }

  /** Fills {@link #answer}; returns how much came. */
  private int exchange(long startNs) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
      attempt = new Attempt(channel, startNs);
      channel.connect(server);
      request.rewind();
      while (request.hasRemaining()) {
        channel.write(request);
      }
      received.clear();
      while (received.hasRemaining() && channel.read(received) >= 0) {
        // until end of file
      }
      received.flip().get(answer, 0, received.limit());
      return received.limit();
    }
  }

  /** Ends a connection that has lasted this long; called by another thread from time to time. */
  void cutIfOlderThan(Duration age) throws IOException {
    Attempt current = attempt;
    if (current != null && System.nanoTime() - current.startNs > age.toNanos()) {
      current.channel.close(); // does nothing if that connection has ended
    }
  }

  /** What went wrong on this side, if anything did: the result is worth nothing then. */
  @Nullable IOException ownFailure() {
    return ownFailure;
  }

  /** Only when the thread has ended. */
  LoadResult result() {
    return result;
  }
}
