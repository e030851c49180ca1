package dev.prefork;

import java.time.Instant;
import java.util.List;

/**
 * The last quarter of an hour, a second each.
 *
 * @param seconds the oldest first, at most {@value #MAX_SECONDS}; a second in which the supervisor
 *     did not run is missing
 */
public record ServerHistory(List<Second> seconds) {
  /** The most seconds that are kept. */
  public static final int MAX_SECONDS = 900;

  /**
   * One second.
   *
   * @param time its end
   * @param accepting workers that accepted, at its end
   * @param busy requests being served, at its end
   * @param queued connections in the listeners' queues, at its end; -1 if the kernel does not tell
   * @param connections accepted in it
   * @param requests served in it
   * @param errors in it
   * @param spawned workers in it
   * @param deaths of workers in it
   * @param medianNs upper bound of the median time of its requests; 0 if there was none
   * @param p99Ns upper bound of the time that 99 % of its requests took at most; 0 if there was
   *     none
   */
  public record Second(
      Instant time,
      int accepting,
      int busy,
      int queued,
      long connections,
      long requests,
      long errors,
      int spawned,
      int deaths,
      long medianNs,
      long p99Ns) {
    /**
     * About how long a connection waited in a queue, in nanoseconds: by Little's law its length
     * divided by the rate at which connections left it. The kernel does not tell; where the second
     * was unlike those around it, this is wrong. -1 if it can't be said: the length is not known,
     * or connections waited and none was accepted.
     */
    public long queueWaitEstimateNs() {
      if (queued <= 0) {
        return queued;
      }
      return connections <= 0 ? -1 : queued * 1_000_000_000L / connections;
    }
  }

  /** Copies the list. */
  public ServerHistory {
    seconds = List.copyOf(seconds);
  }
}
