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
 * @param application what the workers run
 * @param classPath where the workers find the application, in order
 * @param listen addresses as written, at least one
 * @param pool how many workers
 * @param backlog the kernel queue length asked for
 * @param accept who may accept now
 * @param concurrency connections that one worker serves at a time
 * @param stopTimeout the bound of a drain
 * @param startTimeout the bound of a worker's start
 * @param connectionTimeout the deadline of a connection
 * @param program what is said of a program; nothing of a handler
 * @param limits what bounds a request and the life of a worker
 * @param workerHeap bytes; empty leaves it to the default or to a worker JVM option
 * @param workerJvmOptions given to the workers' JVM after Prefork's own
 * @param runtimeDirectory where crash files go; empty for none
 * @param aotCache where ahead-of-time caches are kept, absolute; empty for none
 * @param accessLog the access log's absolute path, or {@code -} for standard output; empty for none
 * @param slowLog where late requests go, absolute; empty leaves them to the log
 * @param logFormat how log lines are written
 * @param admin where the admin listener listens, as written; empty for none
 */
public record ServerConfig(
    ApplicationConfig application,
    List<Path> classPath,
    List<String> listen,
    PoolConfig pool,
    int backlog,
    AcceptMode accept,
    int concurrency,
    Duration stopTimeout,
    Duration startTimeout,
    Duration connectionTimeout,
    ProgramConfig program,
    Limits limits,
    Optional<Long> workerHeap,
    List<String> workerJvmOptions,
    Optional<Path> runtimeDirectory,
    Optional<Path> aotCache,
    Optional<String> accessLog,
    Optional<Path> slowLog,
    LogFormat logFormat,
    Optional<String> admin) {
  /** Copies the lists. */
  public ServerConfig {
    classPath = List.copyOf(classPath);
    listen = List.copyOf(listen);
    workerJvmOptions = List.copyOf(workerJvmOptions);
  }

  /** The same for another application. */
  public ServerConfig withApplication(ApplicationConfig other) {
    return new ServerConfig(
        other,
        classPath,
        listen,
        pool,
        backlog,
        accept,
        concurrency,
        stopTimeout,
        startTimeout,
        connectionTimeout,
        program,
        limits,
        workerHeap,
        workerJvmOptions,
        runtimeDirectory,
        aotCache,
        accessLog,
        slowLog,
        logFormat,
        admin);
  }
}
