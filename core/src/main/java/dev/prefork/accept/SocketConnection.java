package dev.prefork.accept;

import dev.prefork.Connection;
import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection on an accepted channel. */
final class SocketConnection implements Connection, AutoCloseable {
  /** How long after the deadline a last answer may still be sent. */
  private static final long LAST_ANSWER_NS = 1_000_000_000;

  private static final int LINGER_MS = 1_000;
  private static final int LINGER_BYTES = 1 << 20;

  private final SocketChannel channel;
  private final SocketAddress peer;
  private final ConnectionInput input;
  private final ConnectionOutput output;
  private final WorkerIdentity worker;
  private final Lane lane;
  private final Recycling recycling;
  private volatile long deadlineNs;
  private boolean unreadExpected;

  SocketConnection(
      SocketChannel channel,
      SocketAddress peer,
      ConnectionBuffers buffers,
      WorkerIdentity worker,
      Lane lane,
      Recycling recycling,
      long deadlineNs) {
    this.channel = channel;
    this.peer = peer;
    boolean internet = peer instanceof InetSocketAddress;
    this.input = new ConnectionInput(channel, internet, buffers, deadlineNs);
    this.output = new ConnectionOutput(channel, internet, buffers.output);
    this.worker = worker;
    this.lane = lane;
    this.recycling = recycling;
    this.deadlineNs = deadlineNs;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public SocketAddress peer() {
    return peer;
  }

  @Override
  public SocketAddress local() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException("the connection is closed", e);
    }
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(deadlineNs - System.nanoTime());
  }

  @Override
  public WorkerIdentity worker() {
    return worker;
  }

  @Override
  public void label(String label) {
    lane.label(label);
  }

  @Override
  public void nextRequest(String label) {
    recycling.served();
    lane.nextRequest(label, System.nanoTime(), deadlineNs);
  }

  @Override
  public void extendDeadline(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("time must be more than zero, not " + time);
    }
    long ns = time.toNanos();
    long laterNs = deadlineNs + ns;
    input.deadline(laterNs);
    deadlineNs = laterNs;
    lane.extend(ns, laterNs);
  }

  @Override
  public void recycleWorker(String reason) {
    recycling.ask(reason);
  }

  /** What the application has called it last; empty if nothing. */
  String label() {
    return lane.label();
  }

  /** Bytes received from the peer. */
  long received() {
    return input.received();
  }

  /** Bytes sent to the peer. */
  long sent() {
    return output.sent();
  }

  @Override
  public void expectUnreadInput() {
    unreadExpected = true;
  }

  /**
   * What the watch does when its time has come: at the deadline it ends the reading, later it
   * closes the channel under a handler that has not finished.
   *
   * @return the time until the next step; the maximum if there is none
   */
  long enforce(long nowNs) throws IOException {
    long untilDeadlineNs = deadlineNs - nowNs;
    if (untilDeadlineNs > 0) {
      return untilDeadlineNs;
    }
    long untilCutNs = untilDeadlineNs + LAST_ANSWER_NS;
    if (untilCutNs > 0) {
      input.expire();
      return untilCutNs;
    }
    close();
    return Long.MAX_VALUE;
  }

  /** Whether the deadline has passed. */
  boolean isLate() {
    return System.nanoTime() - deadlineNs >= 0;
  }

  /**
   * Whether a read or write of this connection has failed: then an exception is the peer's doing.
   */
  boolean failed() {
    return input.failed() || output.failed();
  }

  /**
   * Hands over what is left, for closing to send it with the end of file, in one segment if they
   * fit. Closing with input unread would reset the connection and lose the answer, so that input is
   * taken off first.
   */
  void finish() throws IOException {
    output.sendBuffered();
    if (!input.atEnd() && (unreadExpected || input.hasArrived())) {
      channel.shutdownOutput();
      input.discard(LINGER_MS, LINGER_BYTES);
    }
  }

  /** Closes the channel; threads in a read or write of it get an exception. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
