package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Closed-loop load over HTTP/1.1 on a server on 127.0.0.1: each client sends its next request when
 * it has the answer to the last. One thread serves all clients, so that it leaves the processors to
 * the server.
 */
final class HttpLoad {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
  private static final int WATCH_EVERY_MS = 50;
  private static final int REST_MS = 1;

  private final InetSocketAddress server;
  private final Workload workload;
  private final int clients;
  private final Duration window;
  private final FutureTask<Tally> measurement = new FutureTask<>(this::run);
  private volatile boolean stopped;

  private HttpLoad(int port, Workload workload, int clients, Duration window) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.workload = workload;
    this.clients = clients;
    this.window = window;
  }

  /**
   * Loads a server for so long, and at most 10 s more for the last answers.
   *
   * @throws PreforkException if this side failed: no descriptors or no ports left
   */
  static Tally measure(int port, Workload workload, int clients, Duration window) {
    return start(port, workload, clients, window).result();
  }

  /** As {@link #measure}, while the caller does something else. */
  static HttpLoad start(int port, Workload workload, int clients, Duration window) {
    HttpLoad load = new HttpLoad(port, workload, clients, window);
    Thread.ofPlatform().daemon().name("http-load").start(load.measurement);
    return load;
  }

  /** Ends it before its time. Its rate means nothing then. */
  Tally stop() {
    stopped = true;
    return result();
  }

  /** Waits for the end. */
  Tally result() {
    try {
      return measurement.get();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the measuring thread", e); // cannot happen
    } catch (ExecutionException e) {
      throw new PreforkException(
          ExitStatus.FAILED,
          "the load generator itself failed, its figures are void: " + e.getCause());
    }
  }

  private Tally run() throws IOException {
    Tally tally = new Tally(window);
    long endNs = System.nanoTime() + window.toNanos();
    try (Selector selector = Selector.open()) {
      List<HttpClient> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(new HttpClient(selector, server, workload, tally, endNs));
      }
      try {
        drive(selector, all, endNs);
      } finally {
        for (HttpClient client : all) {
          client.disconnect();
        }
      }
    }
    return tally;
  }

  private void drive(Selector selector, List<HttpClient> all, long endNs) throws IOException {
    List<SelectionKey> ready = new ArrayList<>();
    boolean open = true;
    while (open) {
      long nowNs = System.nanoTime();
      boolean over = stopped || nowNs - endNs >= 0;
      open = false;
      boolean resting = false;
      for (HttpClient client : all) {
        client.endRest(nowNs);
        client.cutIfOlderThan(LONGEST_REQUEST, nowNs);
        if (client.isIdle() && !over) {
          client.begin();
        }
        resting |= client.isResting();
        open |= !over || !client.isIdle();
      }
      if (open) {
        selector.select(ready::add, resting ? REST_MS : WATCH_EVERY_MS);
        proceed(ready);
      }
    }
  }

  /** Outside of the selection: a client that opens a channel must not do so within. */
  private static void proceed(List<SelectionKey> ready) throws IOException {
    for (SelectionKey key : ready) {
      if (key.isValid() && key.attachment() instanceof HttpClient client) {
        client.proceed(key);
      }
    }
    ready.clear();
  }
}
