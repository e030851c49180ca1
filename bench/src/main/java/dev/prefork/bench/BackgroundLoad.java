package dev.prefork.bench;

import java.time.Duration;
import java.util.concurrent.FutureTask;

/** Load on a server while something else is done to it, or looked at. */
final class BackgroundLoad {
  private static final Duration LONGEST_CONNECTION = Duration.ofSeconds(30);

  private final FutureTask<LoadResult> measurement;

  private BackgroundLoad(FutureTask<LoadResult> measurement) {
    this.measurement = measurement;
  }

  /** Begins it; it ends by itself. A connection is given 30 s: queued, it may wait for workers. */
  static BackgroundLoad start(OperatedServer server, int clients, Duration window) {
    FutureTask<LoadResult> measurement =
        new FutureTask<>(
            () -> GreetingLoad.measure(server.port(), clients, window, LONGEST_CONNECTION));
    Thread.ofPlatform().daemon().name("background-load").start(measurement);
    return new BackgroundLoad(measurement);
  }

  boolean isOver() {
    return measurement.isDone();
  }

  /** Waits for the end. */
  LoadResult result() {
    return Waiting.result(measurement);
  }
}
