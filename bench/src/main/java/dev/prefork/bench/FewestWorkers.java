package dev.prefork.bench;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/** The fewest workers that accepted while something else was done, looked at ten times a second. */
final class FewestWorkers {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final FutureTask<Integer> watch;
  private volatile boolean over;

  private FewestWorkers(IntSupplier accepting) {
    this.watch = new FutureTask<>(() -> watch(accepting));
  }

  /** Begins to look. */
  static FewestWorkers watching(IntSupplier accepting) {
    FewestWorkers fewest = new FewestWorkers(accepting);
    Thread.ofPlatform().daemon().name("fewest-workers").start(fewest.watch);
    return fewest;
  }

  private int watch(IntSupplier accepting) {
    int fewest = accepting.getAsInt();
    while (!over && Waiting.sleep(LOOK)) {
      fewest = Math.min(fewest, accepting.getAsInt());
    }
    return fewest;
  }

  /**
   * Looks no more.
   *
   * @throws dev.prefork.PreforkException if the server could not be asked
   */
  int end() {
    over = true;
    return Waiting.result(watch);
  }
}
