package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed-loop load on the greeting protocol of a server on 127.0.0.1: each client has one
 * connection at a time and opens the next when it ends.
 */
public final class GreetingLoad {
  static final int MOST_CLIENTS = 1_000;

  private static final String USAGE =
      "usage: GreetingLoad PORT CLIENTS SECONDS [--warm-up SECONDS]";
  private static final Duration LONGEST_CONNECTION = Duration.ofSeconds(10);
  private static final int WATCH_EVERY_MS = 20;

  private GreetingLoad() {}

  /**
   * Loads a server and prints one line.
   *
   * @param args port, clients, seconds, and {@code --warm-up} with seconds that do not count
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      if (args.length != 3 && !(args.length == 5 && args[3].equals("--warm-up"))) {
        throw new PreforkException(ExitStatus.USAGE, USAGE);
      }
      int port = Arguments.count("PORT", args[0], 1, 65_535);
      int clients = Arguments.count("CLIENTS", args[1], 1, MOST_CLIENTS);
      Duration window = Arguments.seconds("SECONDS", args[2]);
      if (args.length == 5) {
        var _ = measure(port, clients, Arguments.seconds("--warm-up", args[4]));
      }
      out.println(measure(port, clients, window));
      return ExitStatus.OK.code();
    } catch (PreforkException e) {
      err.println("greeting load: " + e.getMessage());
      return e.status().code();
    }
  }

  /**
   * Loads a server for so long, and at most 10 s more for the last connections.
   *
   * @throws PreforkException if this side failed: no descriptors or no ports left
   */
  static LoadResult measure(int port, int clients, Duration window) {
    return measure(port, clients, window, LONGEST_CONNECTION);
  }

  /** As {@link #measure(int, int, Duration)}, with another bound for one connection. */
  static LoadResult measure(int port, int clients, Duration window, Duration longest) {
    long endNs = System.nanoTime() + window.toNanos();
    List<LoadClient> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      LoadClient client = new LoadClient(port, window, endNs);
      all.add(client);
      threads.add(Thread.ofPlatform().daemon().name("load-client-" + i).start(client));
    }
    LoadResult total = new LoadResult(window);
    try {
      awaitAll(threads, all, longest);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    } catch (IOException e) {
      throw failed(e);
    }
    for (LoadClient client : all) {
      IOException failure = client.ownFailure();
      if (failure != null) {
        throw failed(failure);
      }
      total.add(client.result());
    }
    return total;
  }

  private static void awaitAll(List<Thread> threads, List<LoadClient> clients, Duration longest)
      throws InterruptedException, IOException {
    for (Thread thread : threads) {
      while (!thread.join(Duration.ofMillis(WATCH_EVERY_MS))) {
        for (LoadClient client : clients) {
          client.cutIfOlderThan(longest);
        }
      }
    }
  }

  private static PreforkException failed(IOException e) {
    return new PreforkException(
        ExitStatus.FAILED, "the load generator itself failed, its figures are void: " + e);
  }
}
