package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerStatus;
import dev.prefork.config.ServerConfig;

/**
 * What the monitor takes from the configuration.
 *
 * @param name the server's name; empty if it has none
 * @param concurrency connections that one worker serves at a time
 * @param minWorkers never fewer, unless somebody asks for it
 * @param maxWorkers never more
 * @param spares ready workers beside them that do not accept yet
 * @param proportionalFromBytes from this resident size on a worker's proportional size is read too,
 *     which takes the kernel a millisecond
 */
record MonitorPolicy(
    String name,
    int concurrency,
    int minWorkers,
    int maxWorkers,
    int spares,
    long proportionalFromBytes) {
  private static final long NEVER = Long.MAX_VALUE;

  static MonitorPolicy of(ServerConfig config) {
    return new MonitorPolicy(
        config.runtimeDirectory().map(path -> path.getFileName().toString()).orElse(""),
        config.concurrency(),
        config.workers(),
        config.maxWorkers(),
        0,
        NEVER);
  }

  Pool pool(ServerStatus status) {
    return new Pool(status.wanted(), minWorkers, maxWorkers, spares);
  }
}
