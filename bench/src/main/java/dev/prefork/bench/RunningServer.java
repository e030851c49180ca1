package dev.prefork.bench;

import java.util.List;

/**
 * A side that runs and is ready.
 *
 * @param side what runs
 * @param process parent and children
 * @param port where it serves, on 127.0.0.1
 * @param readyMs from the spawn of its command until it said or showed that it is ready
 */
record RunningServer(Side side, ServerProcess process, int port, double readyMs) {

  List<ProcessHandle> workers() {
    return process.children();
  }
}
