package dev.prefork;

import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of a server at one moment, for people and for monitoring. What workers say of
 * themselves is a hint: a broken worker may write anything.
 *
 * @param name the server's name; empty if it has none
 * @param pid the supervisor's process id
 * @param time of the snapshot
 * @param started when the supervisor started
 * @param phase what the server is about
 * @param pool how many workers it is to have
 * @param concurrency connections that one worker serves at a time
 * @param listeners where it listens
 * @param workers the slots that hold a worker or wait for one
 * @param totals since the server's start, workers that have ended included
 * @param spawned workers spawned since the start
 * @param deaths workers that ended without being asked to, since the start
 */
public record ServerSnapshot(
    String name,
    long pid,
    Instant time,
    Instant started,
    Phase phase,
    Pool pool,
    int concurrency,
    List<Listening> listeners,
    List<Worker> workers,
    Served totals,
    long spawned,
    long deaths) {

  /**
   * How many workers a server is to have.
   *
   * @param wanted now
   * @param min never fewer, unless somebody asks for it
   * @param max never more
   * @param spares ready workers beside them that do not accept yet
   */
  public record Pool(int wanted, int min, int max, int spares) {}

  /**
   * One listener.
   *
   * @param address {@code 127.0.0.1:1978}
   * @param queued connections that no worker has accepted yet; -1 if the kernel does not tell
   * @param limit the most that the kernel queues; -1 if the kernel does not tell
   */
  public record Listening(String address, int queued, int limit) {}

  /**
   * One slot.
   *
   * @param identity its worker; pid 0 if it holds none
   * @param life what it is about
   * @param age since the spawn; zero if it holds no worker
   * @param startTime from spawn to ready; zero if it is not ready yet
   * @param requests what it serves now
   * @param served since its start
   * @param openConnections of an unchanged program; 0 of a handler, whose requests tell them
   * @param askingConnections of these, those that wait for an answer: their last bytes came in; a
   *     second old
   * @param acceptsInVain how often an unchanged program was woken for a connection that another
   *     worker had taken
   * @param residentBytes its memory when last read; 0 if never
   * @param proportionalBytes the same, shared pages divided among their users; 0 if never read
   * @param lastError what its handler threw last; may be empty
   */
  public record Worker(
      WorkerIdentity identity,
      SlotLife life,
      Duration age,
      Duration startTime,
      List<Request> requests,
      Served served,
      int openConnections,
      int askingConnections,
      long acceptsInVain,
      long residentBytes,
      long proportionalBytes,
      String lastError) {
    /** Copies the list. */
    public Worker {
      requests = List.copyOf(requests);
    }
  }

  /**
   * A request that is being served.
   *
   * @param peer who asked: {@code 127.0.0.1:4711}
   * @param label the application's name for it; may be empty
   * @param running for how long
   * @param untilDeadline the time that is left; negative once it is over
   */
  public record Request(String peer, String label, Duration running, Duration untilDeadline) {}

  /**
   * What has been served.
   *
   * @param connections accepted
   * @param requests served
   * @param bytesIn received
   * @param bytesOut sent
   * @param errors handlers that failed
   * @param busy time with a request, of all lanes together
   */
  public record Served(
      long connections, long requests, long bytesIn, long bytesOut, long errors, Duration busy) {}

  /** Copies the lists. */
  public ServerSnapshot {
    listeners = List.copyOf(listeners);
    workers = List.copyOf(workers);
  }

  /** How many workers are ready and accept. */
  public int accepting() {
    return (int) workers.stream().filter(worker -> worker.life() == SlotLife.READY).count();
  }

  /** How many requests are being served. */
  public int busy() {
    return workers.stream().mapToInt(worker -> worker.requests().size()).sum();
  }
}
