package dev.prefork.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What bounds a request and the life of a worker. What is empty bounds nothing.
 *
 * @param slowAfter a request that goes on for longer is late: its worker's threads are dumped
 * @param requestTimeout a request that goes on for longer ends its worker
 * @param maxRequests a worker that has served so many is replaced, up to a tenth later by chance
 * @param maxAge a worker that is so old is replaced, up to a tenth later by chance
 * @param maxMemory a worker that keeps so much memory, in bytes, is replaced
 */
public record Limits(
    Optional<Duration> slowAfter,
    Optional<Duration> requestTimeout,
    Optional<Integer> maxRequests,
    Optional<Duration> maxAge,
    Optional<Long> maxMemory) {
  /** Nothing is bounded. */
  public static final Limits NONE =
      new Limits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
