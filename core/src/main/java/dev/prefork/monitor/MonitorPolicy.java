package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerStatus;
import dev.prefork.config.Limits;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.ServerConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What the monitor takes from the configuration.
 *
 * @param name the server's name; empty if it has none
 * @param concurrency connections that one worker serves at a time
 * @param pool how many workers
 * @param limits what bounds a request and the life of a worker
 * @param heartbeatTimeout how long the JVM of a program may not run
 */
record MonitorPolicy(
    String name,
    int concurrency,
    PoolConfig pool,
    Limits limits,
    Optional<Duration> heartbeatTimeout) {
  private static final long NEVER = Long.MAX_VALUE;

  static MonitorPolicy of(ServerConfig config) {
    return new MonitorPolicy(
        config.runtimeDirectory().map(path -> path.getFileName().toString()).orElse(""),
        config.concurrency(),
        config.pool(),
        config.limits(),
        config.program().heartbeatTimeout());
  }

  /**
   * From this resident size on a worker's proportional size is read too, which takes the kernel a
   * millisecond: a worker whose resident size is within the limit is within it by any measure.
   */
  long proportionalFromBytes() {
    return limits.maxMemory().orElse(NEVER);
  }

  Pool pool(ServerStatus status) {
    return new Pool(status.wanted(), pool.min(), pool.max(), pool.spares());
  }
}
