package dev.prefork;

/**
 * Which worker: printed the same way everywhere, {@code worker 3 gen 2 pid 4711}.
 *
 * @param slot the worker's fixed place, 0 to n-1
 * @param generation 1 at the first start, raised by every rolling restart
 * @param pid the worker's process id
 */
public record WorkerIdentity(int slot, int generation, long pid) {
  @Override
  public String toString() {
    return "worker " + slot + " gen " + generation + " pid " + pid;
  }
}
