package dev.prefork.testing;

import dev.prefork.testing.Client.Outcome;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask again and again, until stopped, and count what became of every connection. */
public final class Load implements AutoCloseable {
  private static final long BREATH_NS = 1_000_000;

  private final InetSocketAddress address;
  private final String request;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private volatile boolean stopped;

  private Load(InetSocketAddress address, String request) {
    this.address = address;
    this.request = request;
  }

  /** Begins, and waits for the first answers. */
  public static Load start(InetSocketAddress address, String request, int clients) {
    Load load = new Load(address, request);
    for (int i = 0; i < clients; i++) {
      load.threads.add(Thread.ofPlatform().daemon().name("load-" + i).start(load::run));
    }
    load.awaitAnswers(clients);
    return load;
  }

  private void run() {
    while (!stopped) {
      Outcome outcome = Client.attempt(address, request).outcome();
      synchronized (this) {
        counts.merge(outcome, 1, Integer::sum);
      }
      LockSupport.parkNanos(BREATH_NS); // the machine has others to serve
    }
  }

  /** How often it went so. */
  public synchronized int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** Waits for so many answers more. */
  public void awaitAnswers(int more) {
    int before = count(Outcome.ANSWERED);
    Await.until(
        more + " more answers, after " + counts, () -> count(Outcome.ANSWERED) >= before + more);
  }

  /** Stops, and waits for the last connection's end. */
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      Await.until(
          thread.getName() + " to end", Await.BOUND.plusSeconds(5), () -> !thread.isAlive());
    }
  }
}
