package dev.prefork.accept;

import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import dev.prefork.posix.InheritedDescriptors;
import dev.prefork.posix.SocketAddresses;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A worker's part of the access log. The threads that serve put lines into a buffer and never wait;
 * this thread alone writes, so a stuck reader costs lines, which are counted, and no connection.
 *
 * <p>Several workers share one file: each write is at most {@value #MAX_WRITE} bytes of whole
 * lines, which neither a file opened for appending nor a pipe (PIPE_BUF, pipe(7)) mixes with
 * others.
 */
public final class AccessLog implements Runnable {
  static final int MAX_WRITE = 4_096;

  /** How long a line may wait for others: one write serves them all. */
  static final long GATHER_MS = 200;

  /** About 500 lines; there are two such buffers, one of which is being written. */
  static final int BUFFER_SIZE = 64 * 1024;

  private static final int URGENT_SIZE = BUFFER_SIZE / 2;

  private final AccessLogFile file;
  private final AccessLine line;
  private byte[] gathered = new byte[BUFFER_SIZE];
  private int gatheredSize;
  private byte[] batch = new byte[BUFFER_SIZE];
  private long dropped;
  private boolean reopenWanted;
  private boolean hurried;
  private boolean closing;
  private boolean ended;

  AccessLog(AccessLogFile file, LogFormat format, WorkerIdentity worker) {
    this.file = file;
    this.line = new AccessLine(format, worker);
  }

  /** A log to a file, which the log's own thread opens. */
  public static AccessLog toFile(String path, LogFormat format, WorkerIdentity worker) {
    return new AccessLog(new AccessLogFile(path), format, worker);
  }

  /** A log to an inherited descriptor, which can't be reopened. */
  public static AccessLog toDescriptor(int fd, LogFormat format, WorkerIdentity worker) {
    return new AccessLog(
        new AccessLogFile(InheritedDescriptors.output(fd).getChannel()), format, worker);
  }

  /** Adds a connection that has ended. Never waits for the file. */
  void add(SocketConnection connection, long startNs, Outcome outcome) {
    add(
        connection.peer(),
        connection.label(),
        connection.received(),
        connection.sent(),
        System.nanoTime() - startNs,
        outcome.word);
  }

  /** Adds what has ended now. Never waits for the file. */
  public synchronized void add(
      SocketAddress peer, String label, long received, long sent, long durationNs, String outcome) {
    long acceptedMs = System.currentTimeMillis() - durationNs / 1_000_000;
    add(
        line.write(
            acceptedMs,
            SocketAddresses.format(peer),
            label,
            received,
            sent,
            durationNs / 1_000,
            outcome));
  }

  /** Adds a line, with its end. */
  synchronized void add(StringBuilder text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    if (length > BUFFER_SIZE - gatheredSize) {
      if (dropped++ == 0) {
        System.err.println(file + " takes lines too slowly: what does not fit is dropped");
      }
      return;
    }
    System.arraycopy(bytes, 0, gathered, gatheredSize, length);
    gatheredSize += length;
    boolean first = gatheredSize == length;
    boolean urgent = gatheredSize >= URGENT_SIZE && gatheredSize - length < URGENT_SIZE;
    if (first || urgent) {
      notifyAll();
    }
  }

  /** Makes the log open its file anew, once all that was added before stands in the old one. */
  public synchronized void reopen() {
    reopenWanted = true;
    notifyAll();
  }

  /** Lets no line wait for others any more: the process may end at any moment. */
  public synchronized void hurry() {
    hurried = true;
    notifyAll();
  }

  /**
   * Writes what is left and takes no more.
   *
   * @param patienceMs how long to wait for a slow reader
   */
  public synchronized void close(long patienceMs) throws InterruptedException {
    closing = true;
    notifyAll();
    long deadlineNs = System.nanoTime() + patienceMs * 1_000_000;
    long leftMs = patienceMs;
    while (!ended && leftMs > 0) {
      wait(leftMs);
      leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    }
  }

  @Override
  public void run() {
    try {
      while (writeNext()) {
        // until it is closed and all is written
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts this thread: it is the end
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private boolean writeNext() throws InterruptedException {
    int size;
    long lost;
    boolean reopen;
    boolean last;
    synchronized (this) {
      gather();
      size = gatheredSize;
      byte[] full = gathered;
      gathered = batch;
      gatheredSize = 0;
      batch = full;
      lost = dropped;
      dropped = 0;
      reopen = reopenWanted;
      reopenWanted = false;
      last = closing;
    }
    lost += file.write(batch, size);
    if (reopen) {
      file.reopen();
    }
    if (lost > 0) {
      System.err.println(lost + " lines for " + file + " were dropped");
    }
    return !last;
  }

  private void gather() throws InterruptedException {
    while (gatheredSize == 0 && !reopenWanted && !closing) {
      wait();
    }
    long deadlineNs = System.nanoTime() + GATHER_MS * 1_000_000;
    long leftMs = GATHER_MS;
    while (gatheredSize < URGENT_SIZE && !reopenWanted && !closing && !hurried && leftMs > 0) {
      wait(leftMs);
      leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    }
  }
}
