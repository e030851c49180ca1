package dev.prefork;

import java.util.List;

/**
 * A server at one moment.
 *
 * @param phase what it is about
 * @param wanted how many workers it is to have
 * @param workers its slots that hold a worker or wait for one
 * @param spawned workers spawned since the start
 * @param deaths workers that ended without being asked to, since the start
 */
public record ServerStatus(
    Phase phase, int wanted, List<WorkerStatus> workers, long spawned, long deaths) {

  /** What a server is about. */
  public enum Phase {
    /** Not all wanted workers have been ready yet. */
    STARTING,
    /** All wanted workers have been ready once. */
    RUNNING,
    /** Stopping: accepts nothing, open connections are being finished. */
    DRAINING,
    /** Ended. */
    STOPPED
  }

  /** What a slot is about. */
  public enum SlotLife {
    /** Holds no worker and waits for none. */
    EMPTY,
    /** Spawned, not ready yet. */
    STARTING,
    /** Said that it is ready; does not accept yet. */
    SPARE,
    /** Ready, and accepts. */
    READY,
    /** Asked to finish and go. */
    DRAINING,
    /** Sent SIGKILL, not reaped yet. */
    KILLED,
    /** Waits before the next spawn. */
    BACKOFF,
    /** Not respawned: its worker said that starting again can't help. */
    FAILED
  }

  /**
   * One slot.
   *
   * @param slot its number
   * @param generation of its worker
   * @param pid of its worker, or 0 if it holds none
   * @param life what it is about
   */
  public record WorkerStatus(int slot, int generation, long pid, SlotLife life) {

    /** Its worker; of pid 0 if it holds none. */
    public WorkerIdentity identity() {
      return new WorkerIdentity(slot, generation, pid);
    }
  }

  /** Copies the list. */
  public ServerStatus {
    workers = List.copyOf(workers);
  }

  /** How many workers are ready. */
  public int ready() {
    return (int) workers.stream().filter(worker -> worker.life() == SlotLife.READY).count();
  }
}
