package dev.prefork.scoreboard;

import dev.prefork.ServerStatus.SlotLife;
import java.util.List;

/**
 * A slot at one moment.
 *
 * @param slot its number
 * @param life what it is about
 * @param generation of its worker
 * @param pid of its worker; 0 if it holds none
 * @param spawnedNs when its worker was spawned; 0 if there is none
 * @param readyNs when its worker became ready; 0 if it has not
 * @param residentBytes the worker's resident memory when last read; 0 if never
 * @param proportionalBytes the same with shared pages divided among their users; 0 if never read
 * @param memoryReadNs when its memory was read; 0 if never
 * @param program what an unchanged program does, as far as is seen
 * @param lanes what its worker's threads do
 */
public record SlotReading(
    int slot,
    SlotLife life,
    int generation,
    int pid,
    long spawnedNs,
    long readyNs,
    long residentBytes,
    long proportionalBytes,
    long memoryReadNs,
    ProgramReading program,
    List<LaneReading> lanes) {
  /** Copies the list. */
  public SlotReading {
    lanes = List.copyOf(lanes);
  }

  /** All lanes together, and the connections of a program. */
  public Counters counters() {
    Counters sum = Counters.ZERO;
    for (LaneReading lane : lanes) {
      sum = sum.plus(lane.counters());
    }
    return sum.andOf(program);
  }

  /** How many lanes serve a request. */
  public int busy() {
    int busy = 0;
    for (LaneReading lane : lanes) {
      busy += lane.isBusy() ? 1 : 0;
    }
    return busy;
  }
}
