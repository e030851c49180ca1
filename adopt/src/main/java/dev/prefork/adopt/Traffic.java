package dev.prefork.adopt;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongBinaryOperator;

/**
 * The bytes of the program's open connections, as the JDK's rewritten sockets tell them, and which
 * of these wait for an answer. The JDK finds it in the system properties, by a type of its own, and
 * boxes nothing: it is asked at every read and write.
 */
final class Traffic implements LongBinaryOperator {
  /** Where it stands. */
  static final String PROPERTY = "dev.prefork.adopt.traffic";

  /** What a read returns at the end of file: the JDK's IOStatus. */
  private static final int EOF = -1;

  private static final byte NONE = 0;
  private static final byte QUIET = 1;
  private static final byte ASKING = 2;

  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();

  /**
   * By descriptor. Written without a lock: a connection is served by one thread at a time, and what
   * a reader misses is seen at its next look.
   */
  private volatile byte[] states = new byte[256];

  private volatile boolean parting;

  /** A connection has been accepted; not to be called by two threads at a time. */
  void opened(int descriptor) {
    if (descriptor >= states.length) {
      states = Arrays.copyOf(states, Math.max(descriptor + 1, states.length * 2));
    }
    states[descriptor] = QUIET;
  }

  /** A connection is closed; not to be called by two threads at a time. */
  void closed(int descriptor) {
    states[descriptor] = NONE;
  }

  /**
   * Bytes have moved.
   *
   * @param moved how many were received; negative for sent
   * @return what was received, as the program is to see it; nothing for sent
   */
  @Override
  public long applyAsLong(long descriptor, long moved) {
    byte[] states = this.states;
    if (descriptor < states.length && states[(int) descriptor] != NONE) {
      if (moved > 0) {
        if (parting && states[(int) descriptor] == QUIET) {
          return EOF;
        }
        received.add(moved);
        states[(int) descriptor] = ASKING;
      } else {
        sent.add(-moved);
        states[(int) descriptor] = QUIET;
      }
    }
    return moved;
  }

  /**
   * From now on a connection that has been answered, or has not asked yet, ends for the program
   * where more would come.
   */
  void part() {
    parting = true;
  }

  /** Since the start. */
  long received() {
    return received.sum();
  }

  /** Since the start. */
  long sent() {
    return sent.sum();
  }

  /** Which connections have asked and not been answered yet: their last bytes came in. */
  BitSet asking() {
    BitSet asking = new BitSet();
    byte[] states = this.states;
    for (int descriptor = 0; descriptor < states.length; descriptor++) {
      asking.set(descriptor, states[descriptor] == ASKING);
    }
    return asking;
  }
}
