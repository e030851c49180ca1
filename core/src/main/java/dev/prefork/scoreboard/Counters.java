package dev.prefork.scoreboard;

/**
 * What has been served.
 *
 * @param connections accepted
 * @param requests served; a connection is one request unless its handler says otherwise
 * @param bytesIn received from peers
 * @param bytesOut sent to peers
 * @param errors connections whose handler failed
 * @param busyNs time with a request, of all lanes together
 */
public record Counters(
    long connections, long requests, long bytesIn, long bytesOut, long errors, long busyNs) {
  /** Nothing yet. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Counters plus(Counters other) {
    return new Counters(
        connections + other.connections,
        requests + other.requests,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        errors + other.errors,
        busyNs + other.busyNs);
  }
}
