package dev.prefork.scoreboard;

import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.MappedByteBuffer;

/**
 * The columns of one thread of a worker, which alone writes them. All are plain stores: no system
 * call, no atomic instruction. A reader finds a request's columns torn apart by the sequence number
 * and reads again.
 */
public final class Lane {
  private final MappedByteBuffer memory;
  private final int at;
  private long connections;
  private long requests;
  private long bytesIn;
  private long bytesOut;
  private long errors;
  private long busyNs;
  private final long[] durations = new long[Durations.BUCKETS];
  private long sinceNs;
  private long extensionNs;
  private int sequence;

  Lane(MappedByteBuffer memory, int at) {
    this.memory = memory;
    this.at = at;
  }

  /** A connection has been accepted: its first request begins. */
  public void begin(SocketAddress peer, long nowNs, long deadlineNs) {
    memory.putLong(at + Layout.CONNECTIONS, ++connections);
    beginRequest(peer, "", nowNs, deadlineNs);
  }

  /** A request begins of a connection that is counted elsewhere. */
  public void beginRequest(SocketAddress peer, String label, long nowNs, long deadlineNs) {
    sinceNs = nowNs;
    startWriting();
    if (peer instanceof InetSocketAddress inet) {
      byte[] address = inet.getAddress().getAddress();
      memory.putInt(at + Layout.PEER_PORT, inet.getPort());
      memory.putInt(at + Layout.PEER_LENGTH, address.length);
      memory.put(at + Layout.PEER, address);
    } else {
      memory.putInt(at + Layout.PEER_LENGTH, 0);
    }
    Columns.putText(memory, at + Layout.LABEL, label, Layout.MAX_LABEL);
    if (extensionNs != 0) {
      extensionNs = 0;
      memory.putLong(at + Layout.EXTENSION_NS, 0);
    }
    memory.putLong(at + Layout.DEADLINE_NS, deadlineNs);
    memory.putLong(at + Layout.SINCE_NS, nowNs);
    endWriting();
  }

  /** The connection's next request begins; the one before has been served. */
  public void nextRequest(String label, long nowNs, long deadlineNs) {
    served(nowNs);
    startWriting();
    Columns.putText(memory, at + Layout.LABEL, label, Layout.MAX_LABEL);
    memory.putLong(at + Layout.DEADLINE_NS, deadlineNs);
    memory.putLong(at + Layout.SINCE_NS, nowNs);
    endWriting();
  }

  /** Names what is being served; at most 92 bytes of UTF-8 are kept. */
  public void label(String label) {
    startWriting();
    Columns.putText(memory, at + Layout.LABEL, label, Layout.MAX_LABEL);
    endWriting();
  }

  /** What is being served, or was served last; empty if the application has not said it. */
  public String label() {
    return Columns.text(memory, at + Layout.LABEL, Layout.MAX_LABEL);
  }

  /** The current request may take longer than it might. */
  public void extend(long ns, long deadlineNs) {
    extensionNs += ns;
    memory.putLong(at + Layout.DEADLINE_NS, deadlineNs);
    memory.putLong(at + Layout.EXTENSION_NS, extensionNs);
  }

  /** The handler has failed; at most 164 bytes of the reason are kept. */
  public void failed(String reason) {
    memory.putLong(at + Layout.ERRORS, ++errors);
    startWriting();
    Columns.putText(memory, at + Layout.LAST_ERROR, reason, Layout.MAX_LAST_ERROR);
    endWriting();
  }

  /** It lets others pass: it is idle and takes no connection. */
  public void pauses(boolean pauses) {
    memory.putInt(at + Layout.PAUSES, pauses ? 1 : 0);
    VarHandle.fullFence(); // two that look at each other must not both see the other wait
  }

  /** The connection is over: the lane is idle. Peer and label stay, for who looks back. */
  public void end(long nowNs, long received, long sent) {
    bytesIn += received;
    bytesOut += sent;
    memory.putLong(at + Layout.BYTES_IN, bytesIn);
    memory.putLong(at + Layout.BYTES_OUT, bytesOut);
    memory.putLong(at + Layout.SINCE_NS, 0);
    served(nowNs);
  }

  /** What was shown was no request: the lane is idle, and nothing is counted. */
  public void dismiss() {
    memory.putLong(at + Layout.SINCE_NS, 0);
  }

  private void served(long nowNs) {
    count(nowNs - sinceNs);
    sinceNs = nowNs;
  }

  /** A request has been served; also one that no lane has shown, as all were busy. */
  public void count(long tookNs) {
    int bucket = Durations.bucket(tookNs);
    memory.putLong(at + Layout.DURATIONS + bucket * Long.BYTES, ++durations[bucket]);
    busyNs += tookNs;
    memory.putLong(at + Layout.REQUESTS, ++requests);
    memory.putLong(at + Layout.BUSY_NS, busyNs);
  }

  private void startWriting() {
    memory.putInt(at + Layout.SEQUENCE, ++sequence);
    VarHandle.storeStoreFence();
  }

  private void endWriting() {
    VarHandle.storeStoreFence();
    memory.putInt(at + Layout.SEQUENCE, ++sequence);
  }
}
