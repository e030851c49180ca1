package dev.prefork.config;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a server is started with: checked, complete, immutable.
 *
 * @param application the handler's class name
 * @param classPath where the workers find the application, in order
 * @param listen addresses as written, at least one
 * @param workers wanted at the start
 * @param maxWorkers the most that a resize may want, at least {@code workers}
 * @param backlog the kernel queue length asked for
 * @param accept who may accept now
 * @param concurrency connections that one worker serves at a time
 * @param stopTimeout the bound of a drain
 * @param startTimeout the bound of a worker's start
 * @param connectionTimeout the deadline of a connection
 * @param workerHeap bytes; empty leaves it to the default or to a worker JVM option
 * @param workerJvmOptions given to the workers' JVM after Prefork's own
 * @param runtimeDirectory where crash files go; empty for none
 * @param accessLog the access log's absolute path, or {@code -} for standard output; empty for none
 * @param logFormat how log lines are written
 */
public record ServerConfig(
    String application,
    List<Path> classPath,
    List<String> listen,
    int workers,
    int maxWorkers,
    int backlog,
    AcceptMode accept,
    int concurrency,
    Duration stopTimeout,
    Duration startTimeout,
    Duration connectionTimeout,
    Optional<Long> workerHeap,
    List<String> workerJvmOptions,
    Optional<Path> runtimeDirectory,
    Optional<String> accessLog,
    LogFormat logFormat) {
  /** Copies the lists. */
  public ServerConfig {
    classPath = List.copyOf(classPath);
    listen = List.copyOf(listen);
    workerJvmOptions = List.copyOf(workerJvmOptions);
  }

  /** The most slots that can hold a process at a time: a resize while as many still drain. */
  public int maxSlots() {
    return 2 * maxWorkers;
  }

  /** The default of {@code --max-workers}: four times the workers, at least 16. */
  public static int defaultMaxWorkers(int workers) {
    return Math.max(16, 4 * workers);
  }
}
