package dev.prefork.accept;

import dev.prefork.ConnectionHandler;
import dev.prefork.WorkerIdentity;
import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One thread of a worker: takes a connection, lets the handler serve it, takes the next. */
public final class AcceptLoop implements Runnable {
  /** After an accept that failed (no descriptor left): the others get their chance meanwhile. */
  private static final long PAUSE_MS = 100;

  private final AcceptGate gate;
  private final ConnectionHandler handler;
  private final DeadlineWatch watch;
  private final Lane lane;
  private final FairShare share;
  private final Recycling recycling;
  private final HeapReturn heap;
  private final int thread;
  private final WorkerIdentity identity;
  private final long timeoutNs;
  private final @Nullable AccessLog accessLog;
  private final ConnectionBuffers buffers = new ConnectionBuffers();
  private String lastComplaint = "";

  /**
   * Prepares one thread.
   *
   * @param scoreboard where it says what it does
   * @param thread its number in this worker, from 0
   * @param timeoutMs the deadline of a connection, counted from accept
   * @param recycling is told of every connection
   * @param heap is told of every connection
   * @param accessLog is told of every connection; null for none
   */
  public AcceptLoop(
      AcceptGate gate,
      ConnectionHandler handler,
      DeadlineWatch watch,
      Scoreboard scoreboard,
      int thread,
      WorkerIdentity identity,
      long timeoutMs,
      Recycling recycling,
      HeapReturn heap,
      @Nullable AccessLog accessLog) {
    this.gate = gate;
    this.handler = handler;
    this.watch = watch;
    this.lane = scoreboard.lane(identity.slot(), thread);
    this.share = new FairShare(scoreboard, lane, identity.slot(), thread);
    this.thread = thread;
    this.identity = identity;
    this.timeoutNs = timeoutMs * 1_000_000;
    this.recycling = recycling;
    this.heap = heap;
    this.accessLog = accessLog;
  }

  @Override
  public void run() {
    try {
      gate.awaitLetIn();
    } catch (InterruptedException e) {
      return; // nobody interrupts a thread that has not served yet: it is the end
    }
    while (gate.isOpen()) {
      serveNext();
    }
  }

  /** A method of its own: the JVM compiles it long before a loop that runs for ever. */
  private void serveNext() {
    SocketChannel channel = next();
    if (channel != null) {
      try {
        serve(channel);
      } finally {
        gate.leave();
      }
      share.next();
    }
  }

  private @Nullable SocketChannel next() {
    try {
      return gate.accept();
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      giveUp();
      return null;
    } catch (IOException e) {
      complain("could not accept a connection: " + e.getMessage());
      pause();
      return null;
    }
  }

  /**
   * The JDK closes what a thread is interrupted in, here the listener or the lock: for this worker
   * that can't be undone. An interrupt was meant for a handler, and came late.
   */
  private void giveUp() {
    var _ = Thread.interrupted();
    recycling.ask("it was interrupted while it waited for a connection");
    try {
      gate.close();
    } catch (IOException e) {
      complain("could not close a listener: " + e.getMessage());
    }
  }

  private void serve(SocketChannel channel) {
    long startNs = System.nanoTime();
    SocketAddress peer = peerOf(channel);
    if (peer == null) {
      return;
    }
    SocketConnection connection =
        new SocketConnection(
            channel, peer, buffers, identity, lane, recycling, startNs + timeoutNs);
    lane.begin(peer, startNs, startNs + timeoutNs);
    Outcome outcome = Outcome.OK;
    try (connection) {
      watch.begin(thread, connection);
      try {
        outcome = handle(connection);
        connection.finish();
      } finally {
        watch.end(thread);
      }
    } catch (IOException e) {
      // The peer has gone or has been too slow: its own affair, and an everyday one.
      if (outcome == Outcome.OK) {
        outcome = connection.isLate() ? Outcome.TIMEOUT : Outcome.RESET;
      }
    }
    lane.end(System.nanoTime(), connection.received(), connection.sent());
    recycling.served();
    heap.served(connection.received() + connection.sent());
    if (accessLog != null) {
      accessLog.add(connection, startNs, outcome);
    }
  }

  private static @Nullable SocketAddress peerOf(SocketChannel channel) {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      return null; // closed: nobody but us could have done that
    }
  }

  /**
   * Nothing that a handler throws ends the worker, but for an OutOfMemoryError, which ends the JVM;
   * and an interrupt was meant for the handler alone.
   */
  private Outcome handle(SocketConnection connection) throws IOException {
    try {
      handler.handle(connection);
      return connection.isLate() ? Outcome.TIMEOUT : Outcome.OK;
    } catch (Throwable e) {
      if (e instanceof IOException io && connection.failed()) {
        throw io;
      }
      lane.failed(e.toString());
      System.err.println("the handler failed on a connection from " + connection.peer());
      e.printStackTrace();
      return connection.isLate() ? Outcome.TIMEOUT : Outcome.ERROR;
    } finally {
      var _ = Thread.interrupted();
    }
  }

  private void pause() {
    try {
      gate.pause(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says a thing once, not ten times a second. */
  private void complain(String complaint) {
    if (!complaint.equals(lastComplaint)) {
      System.err.println(complaint);
      lastComplaint = complaint;
    }
  }
}
