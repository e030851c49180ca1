package dev.prefork.adopt;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

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

  /**
   * By descriptor. Written without a lock: a connection is served by one thread at a time, and what
   * a reader misses is seen at its next look.
   */
  private static final class Table {
    final byte[] states;
    final @Nullable Thread[] readers;
    final int[] moves;

    Table(byte[] states, @Nullable Thread[] readers, int[] moves) {
      this.states = states;
      this.readers = readers;
      this.moves = moves;
    }

    Table grown(int size) {
      return new Table(
          Arrays.copyOf(states, size), Arrays.copyOf(readers, size), Arrays.copyOf(moves, size));
    }
  }

  /** Told of one connection. */
  interface Visitor {
    /**
     * It has been read from.
     *
     * @param reader the thread that did so last
     * @param moves how often who had read last has read or sent, since the start, connections
     *     before it on its descriptor included; wraps round
     * @param asks whether it waits for an answer
     */
    void visit(int descriptor, Thread reader, int moves, boolean asks);
  }

  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private volatile Table table = new Table(new byte[0], new Thread[0], new int[0]).grown(256);

  private volatile boolean parting;

  /** A connection has been accepted; not to be called by two threads at a time. */
  void opened(int descriptor) {
    int size = table.states.length;
    if (descriptor >= size) {
      table = table.grown(Math.max(descriptor + 1, size * 2));
    }
    table.states[descriptor] = QUIET;
  }

  /** A connection is closed; not to be called by two threads at a time. */
  void closed(int descriptor) {
    table.states[descriptor] = NONE;
    table.readers[descriptor] = null;
  }

  /**
   * Bytes have moved.
   *
   * @param moved how many were received; negative for sent
   * @return what was received, as the program is to see it; nothing for sent
   */
  @Override
  public long applyAsLong(long descriptor, long moved) {
    Table table = this.table;
    int at = (int) descriptor;
    if (at < table.states.length && table.states[at] != NONE) {
      if (moved > 0) {
        if (parting && table.states[at] == QUIET) {
          return EOF;
        }
        received.add(moved);
        table.states[at] = ASKING;
        table.readers[at] = Thread.currentThread();
        table.moves[at]++;
      } else {
        sent.add(-moved);
        table.states[at] = QUIET;
        if (table.readers[at] == Thread.currentThread()) {
          table.moves[at]++;
        }
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
    byte[] states = table.states;
    for (int descriptor = 0; descriptor < states.length; descriptor++) {
      asking.set(descriptor, states[descriptor] == ASKING);
    }
    return asking;
  }

  /** Visits the open connections that have ever been read from. */
  void visit(Visitor visitor) {
    Table table = this.table;
    for (int descriptor = 0; descriptor < table.states.length; descriptor++) {
      Thread reader = table.readers[descriptor];
      if (reader != null) {
        boolean asks = table.states[descriptor] == ASKING;
        visitor.visit(descriptor, reader, table.moves[descriptor], asks);
      }
    }
  }
}
