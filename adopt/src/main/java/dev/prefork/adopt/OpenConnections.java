package dev.prefork.adopt;

import dev.prefork.scoreboard.ProgramLine;
import java.net.StandardProtocolFamily;
import java.util.BitSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that the program has accepted from shared listeners and not closed yet, by their
 * descriptors; entered on the scoreboard. Not safe for threads: who knows the listeners guards it.
 */
final class OpenConnections {
  private final int most;
  private final Traffic traffic;
  private final AcceptBalance balance = new AcceptBalance(System::nanoTime);
  private @Nullable ProgramLine scoreboard;
  private final BitSet descriptors = new BitSet();

  /** Which of them are of the Unix domain. */
  private final BitSet local = new BitSet();

  private int open;
  private long accepted;
  private long inVain;

  /**
   * Counts from none.
   *
   * @param most for so many there is room
   * @param traffic told which descriptors are connections
   */
  OpenConnections(int most, Traffic traffic) {
    this.most = most;
    this.traffic = traffic;
  }

  /**
   * Enters what is open there, from now on.
   *
   * @param fewest how many connections the worker has that has the fewest
   */
  void enter(ProgramLine line, IntSupplier fewest) {
    scoreboard = line;
    balance.compareWith(fewest);
    enter();
  }

  private void enter() {
    if (scoreboard != null) {
      scoreboard.connections(open, accepted, inVain);
      scoreboard.bytes(traffic.received(), traffic.sent());
    }
  }

  /** To be called now and then: enters what moves while connections stay open. */
  void look() {
    if (scoreboard != null) {
      scoreboard.asking(traffic.asking().cardinality());
      enter();
    }
  }

  /**
   * An accept has returned.
   *
   * @param result 1 for a connection; negative if there was none, as for a worker that was woken
   *     for a connection that another one took
   */
  void accepted(StandardProtocolFamily family, int descriptor, int result) {
    if (result > 0) {
      descriptors.set(descriptor);
      local.set(descriptor, family == StandardProtocolFamily.UNIX);
      traffic.opened(descriptor);
      balance.opened(descriptor);
      open++;
      accepted++;
    } else {
      inVain++;
    }
    enter();
  }

  /** A descriptor is closed; returns whether it was a connection's. */
  boolean closed(int descriptor) {
    boolean counted = descriptor >= 0 && descriptors.get(descriptor);
    if (counted) {
      descriptors.clear(descriptor);
      traffic.closed(descriptor);
      balance.closed(descriptor);
      open--;
      enter();
    }
    return counted;
  }

  /** Which have asked and not been answered yet. */
  BitSet asking() {
    return traffic.asking();
  }

  /** Of which family a connection is. */
  StandardProtocolFamily family(int descriptor) {
    return local.get(descriptor) ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
  }

  int count() {
    return open;
  }

  /** Whether others are to accept rather. */
  boolean areAhead() {
    return balance.isAhead(open);
  }

  boolean hasRoom() {
    return open < most;
  }
}
