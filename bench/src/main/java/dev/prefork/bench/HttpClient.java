package dev.prefork.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client of a server on 127.0.0.1: one request at a time. Many share a thread, which calls them
 * when their channels are ready.
 */
final class HttpClient {
  private static final int LONGEST_ANSWER = 32 << 10;
  private static final long PAUSE_AFTER_REFUSAL_NS = 1_000_000;

  private final Selector selector;
  private final InetSocketAddress server;
  private final Workload workload;
  private final Tally tally;
  private final long endNs;
  private final ByteBuffer request;
  private final ByteBuffer received = ByteBuffer.allocateDirect(LONGEST_ANSWER);
  private final byte[] bytes = new byte[LONGEST_ANSWER];
  private @Nullable SelectionKey key;
  private @Nullable HttpHead head;
  private int headLength;
  private int answered;
  private long startNs;
  private long answeredNs;
  private State state = State.IDLE;

  /** CLOSING is answered, and waits for the end of file; RESTING was refused. */
  private enum State {
    IDLE,
    CONNECTING,
    ASKING,
    CLOSING,
    RESTING
  }

  /**
   * Prepares a client, which does nothing yet.
   *
   * @param selector its channels are registered there
   * @param tally what becomes of its requests is counted there
   * @param endNs of {@link System#nanoTime}: what is answered later makes no rate
   */
  HttpClient(
      Selector selector, InetSocketAddress server, Workload workload, Tally tally, long endNs) {
    this.selector = selector;
    this.server = server;
    this.workload = workload;
    this.tally = tally;
    this.endNs = endNs;
    byte[] text = workload.request();
    this.request = ByteBuffer.allocateDirect(text.length).put(text).flip();
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  boolean isResting() {
    return state == State.RESTING;
  }

  /** Begins a request. What goes wrong is counted; what is this side's own fault is thrown. */
  void begin() throws IOException {
    startNs = System.nanoTime();
    attempt();
  }

  private void attempt() throws IOException {
    try {
      if (key == null) {
        connect();
      } else {
        ask(key);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
    channel.configureBlocking(false);
    answered = 0;
    SelectionKey open = channel.register(selector, SelectionKey.OP_CONNECT, this);
    key = open; // before anything can fail: who fails is disconnected
    state = State.CONNECTING;
    if (channel.connect(server)) {
      var _ = open.interestOps(SelectionKey.OP_READ);
      ask(open);
    }
  }

  private void ask(SelectionKey open) throws IOException {
    state = State.ASKING;
    head = null;
    received.clear();
    request.rewind();
    while (request.hasRemaining()) { // a hundred bytes: the kernel takes them at once
      channel(open).write(request);
    }
  }

  private static SocketChannel channel(SelectionKey key) {
    return (SocketChannel) key.channel();
  }

  /** Its channel is ready. */
  void proceed(SelectionKey ready) throws IOException {
    try {
      if (state == State.CONNECTING) {
        var _ = channel(ready).finishConnect();
        var _ = ready.interestOps(SelectionKey.OP_READ);
        ask(ready);
      } else {
        read(channel(ready));
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void read(SocketChannel channel) throws IOException {
    int from = received.position();
    int count = channel.read(received);
    if (count < 0) {
      ended();
    } else if (state == State.CLOSING && count > 0) {
      fail(Outcome.WRONG); // more than was announced
    } else if (count > 0) {
      look(from);
    }
  }

  private void look(int from) throws IOException {
    int to = received.position();
    HttpHead current = head;
    if (current == null) {
      received.get(from, bytes, from, to - from);
      headLength = HttpHead.end(bytes, from, to);
      if (headLength >= 0) {
        current = HttpHead.parse(bytes, headLength);
        head = current;
      }
    }
    if (current == null) {
      if (!received.hasRemaining()) {
        fail(Outcome.WRONG);
      }
    } else if (current.status() != 200
        || current.length() != workload.length()
        || to > headLength + current.length()) {
      fail(Outcome.WRONG);
    } else if (to == headLength + current.length()) {
      answered(current);
    }
  }

  private void answered(HttpHead answer) throws IOException {
    answeredNs = System.nanoTime();
    answered++;
    if (!workload.keepAlive()) {
      state = State.CLOSING; // and counted when the server has closed it too
      received.clear();
      return;
    }
    count();
    if (answer.closes()) {
      disconnect();
    }
  }

  private void count() {
    tally.recordOk(answeredNs - startNs, answeredNs - endNs <= 0);
    state = State.IDLE;
  }

  /** End of file. */
  private void ended() throws IOException {
    if (state == State.CLOSING) {
      disconnect();
      count();
    } else if (state == State.IDLE) {
      endedIdle();
    } else if (isBetweenAnswers()) {
      askAgain();
    } else {
      fail(received.position() == 0 ? Outcome.EMPTY : Outcome.WRONG);
    }
  }

  private boolean isBetweenAnswers() {
    return state == State.ASKING && answered > 0 && received.position() == 0;
  }

  /** A kept connection may end so; the request is sent on another one. */
  private void askAgain() throws IOException {
    disconnect();
    tally.recordIdleClose();
    attempt();
  }

  /** Nothing is asked any more, and others are still waited for. */
  private void endedIdle() throws IOException {
    disconnect();
    tally.recordIdleClose();
  }

  private void failed(IOException e) throws IOException {
    Outcome outcome = Outcome.of(e).orElseThrow(() -> e);
    if (outcome == Outcome.RESET && state == State.IDLE) {
      endedIdle();
    } else if (outcome == Outcome.RESET && isBetweenAnswers()) {
      askAgain();
    } else {
      fail(outcome);
    }
  }

  private void fail(Outcome outcome) throws IOException {
    disconnect();
    tally.recordFailure(outcome);
    state = outcome == Outcome.REFUSED ? State.RESTING : State.IDLE;
  }

  /** Ends the rest after a refusal: nobody gains by a thousand more of them. */
  void endRest(long nowNs) {
    if (state == State.RESTING && nowNs - startNs > PAUSE_AFTER_REFUSAL_NS) {
      state = State.IDLE;
    }
  }

  /** Gives up a request that has lasted this long. */
  void cutIfOlderThan(Duration age, long nowNs) throws IOException {
    if (state != State.IDLE && state != State.RESTING && nowNs - startNs > age.toNanos()) {
      fail(Outcome.TIMEOUT);
    }
  }

  /** Ends its connection, if it has one. */
  void disconnect() throws IOException {
    if (key != null) {
      key.channel().close();
      key = null;
    }
  }
}
