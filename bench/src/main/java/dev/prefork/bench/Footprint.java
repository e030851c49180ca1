package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A side's start and memory, measured while no other side runs: pages of the JVM that others map
 * too would make each look smaller.
 *
 * @param side its name
 * @param readyMs from the spawn of its command until it is ready, median of {@value #STARTS} starts
 * @param idle before any load
 * @param loaded after the load of the warm-up
 */
record Footprint(String side, double readyMs, MemoryUse idle, MemoryUse loaded) {
  private static final int STARTS = 3;
  private static final long SETTLE_NS = Duration.ofMillis(500).toNanos();

  /** Starts and loads it as often as is needed; {@code load} is its warm-up. */
  static Footprint measure(Side side, Consumer<RunningServer> load, Belongings belongings) {
    List<Double> readyMs = new ArrayList<>();
    for (int i = 1; i < STARTS; i++) {
      RunningServer server = side.start(belongings);
      readyMs.add(server.readyMs());
      belongings.end(server.process());
    }
    RunningServer server = side.start(belongings);
    readyMs.add(server.readyMs());
    LockSupport.parkNanos(SETTLE_NS);
    MemoryUse idle = MemoryUse.of(server);
    load.accept(server);
    LockSupport.parkNanos(SETTLE_NS);
    MemoryUse loaded = MemoryUse.of(server);
    belongings.end(server.process());
    return new Footprint(side.name(), Statistics.median(readyMs), idle, loaded);
  }
}
