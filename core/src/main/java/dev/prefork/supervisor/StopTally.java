package dev.prefork.supervisor;

import dev.prefork.ExitStatus;

/** Why a server stops, and what became of its workers: the last line of its log. */
final class StopTally {
  private ExitStatus status = ExitStatus.OK;
  private String cause = "";
  private boolean stopping;
  private int drained;
  private int cut;

  void asked(String origin) {
    cause = origin;
    stopping = true;
  }

  void failed(ExitStatus failure, String why) {
    status = failure;
    cause = why;
    stopping = true;
  }

  /**
   * Counts a worker whose exit has been collected. Whatever ended it: who served nobody had nothing
   * that could be cut.
   */
  void ended(Slot slot, Death death) {
    if (stopping && slot.asked && slot.wasReady) {
      if (death.serving()) {
        cut++;
      } else {
        drained++;
      }
    }
  }

  ExitStatus status() {
    return status;
  }

  /** Why, and how many workers had drained and how many were cut while they served. */
  String cause() {
    return status == ExitStatus.OK
        ? cause + ": " + drained + " workers drained, " + cut + " cut"
        : cause;
  }
}
