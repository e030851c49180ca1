package dev.prefork.adopt;

import dev.prefork.posix.SocketAddresses;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How far a program has come on its way to ready, in words: what it has bound and what it has not,
 * for who waits in vain.
 */
final class StartProgress {
  private final List<SharedListener> shared;
  private final Consumer<String> report;
  private final List<String> own = new ArrayList<>();
  private String lacks;

  /**
   * Knows nothing bound yet.
   *
   * @param lacks what is missing once all is bound and accepted on; empty if nothing is
   * @param report told the whole text whenever it changes
   */
  StartProgress(List<SharedListener> shared, String lacks, Consumer<String> report) {
    this.shared = shared;
    this.lacks = lacks;
    this.report = report;
  }

  /** The program binds an address that is not shared. */
  synchronized void ownBind(SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getPort() == 0) {
      own.add("a free port (its own)");
    } else {
      warn(address);
      own.add(SocketAddresses.format(address) + " (its own)");
    }
    changed();
  }

  /** Every other worker will want the same address, and only one can have it. */
  private static void warn(SocketAddress address) {
    boolean internet = address instanceof InetSocketAddress;
    String at =
        address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()
            ? Integer.toString(inet.getPort())
            : SocketAddresses.format(address);
    System.err.println(
        "the program binds "
            + at
            + ", which is not shared: every worker would; add --listen for it"
            + (internet ? ", or let the program take port 0" : ""));
  }

  /** It still lacks this, though it may have bound all: {@code GET /health answers 503}. */
  synchronized void lacks(String what) {
    if (!what.equals(lacks)) {
      lacks = what;
      changed();
    }
  }

  /** The program has adopted a shared listener, or waits for connections there. */
  synchronized void changed() {
    report.accept(text());
  }

  private String text() {
    List<String> bound = new ArrayList<>();
    List<String> never = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (SharedListener listener : shared) {
      (listener.wasEverAdopted() ? bound : never).add(listener.toString());
      if (listener.wasEverAdopted() && !listener.isUsed()) {
        idle.add(listener.toString());
      }
    }
    bound.addAll(own);
    StringBuilder text = new StringBuilder("bound ");
    text.append(bound.isEmpty() ? "nothing" : String.join(", ", bound));
    append(text, ", never ", never);
    append(text, ", never accepted on ", idle);
    return text.append(lacks.isEmpty() ? "" : "; " + lacks).toString();
  }

  private static void append(StringBuilder text, String what, List<String> addresses) {
    if (!addresses.isEmpty()) {
      text.append(what).append(String.join(", ", addresses));
    }
  }
}
