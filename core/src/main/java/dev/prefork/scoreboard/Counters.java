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

  /**
   * With what a program's connections did. Bytes that it reports itself are among those that its
   * connections moved, and those are more.
   */
  Counters andOf(ProgramReading program) {
    return new Counters(
        connections + program.accepted(),
        requests,
        Math.max(bytesIn, program.bytesIn()),
        Math.max(bytesOut, program.bytesOut()),
        errors,
        busyNs);
  }

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
