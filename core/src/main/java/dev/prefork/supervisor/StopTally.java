package dev.prefork.supervisor;

import dev.prefork.ExitStatus;
import dev.prefork.ServerStatus.SlotLife;

/** Why a server stops, and what became of its workers: the last line of its log. */
final class StopTally {
  /** What a JVM exits with on TERM, when its shutdown hooks are done. */
  private static final int JVM_TERMED = 143;

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
   * Counts a worker whose exit has been collected. One that says itself that it had to leave
   * connections behind may be faster than the signal that kills it.
   */
  void ended(Slot slot, Death death) {
    if (stopping && slot.asked && slot.wasReady) {
      if (slot.interrupted || slot.life == SlotLife.KILLED || !finished(death)) {
        cut++;
      } else {
        drained++;
      }
    }
  }

  /** A program that is asked by TERM, and has none of its own way to end, ends with the JVM's. */
  private static boolean finished(Death death) {
    return death.exitCode() == ExitStatus.OK.code() || death.exitCode() == JVM_TERMED;
  }

  ExitStatus status() {
    return status;
  }

  /** Why, and how many workers had drained and how many had to be cut. */
  String cause() {
    return status == ExitStatus.OK
        ? cause + ": " + drained + " workers drained, " + cut + " cut"
        : cause;
  }
}
