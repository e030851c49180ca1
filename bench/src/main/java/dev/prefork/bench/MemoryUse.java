package dev.prefork.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A server's memory at one moment.
 *
 * @param parent of the supervisor, or the original's parent process
 * @param workers of each worker, or each of the original's children
 */
record MemoryUse(ProcessMemory parent, List<ProcessMemory> workers) {
  MemoryUse {
    workers = List.copyOf(workers);
  }

  static MemoryUse of(RunningServer server) {
    return new MemoryUse(
        ProcessMemory.of(server.process().handle()),
        server.workers().stream().map(ProcessMemory::of).toList());
  }

  double medianPss() {
    return Statistics.median(workers.stream().map(worker -> (double) worker.pss()).toList());
  }

  double medianUnshared() {
    return Statistics.median(workers.stream().map(worker -> (double) worker.unshared()).toList());
  }

  /** Parent and workers together. */
  ProcessMemory all() {
    List<ProcessMemory> processes = new ArrayList<>(workers);
    processes.add(parent);
    return ProcessMemory.sum(processes);
  }
}
