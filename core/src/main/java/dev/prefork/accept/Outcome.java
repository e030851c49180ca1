package dev.prefork.accept;

/** What became of a connection, as the worker sees it. */
enum Outcome {
  /** The handler returned, and the kernel took the whole answer. */
  OK("ok"),
  /** Its deadline passed before the handler was done; it may still have answered. */
  TIMEOUT("timeout"),
  /** The peer went away: a read or a write failed. */
  RESET("reset"),
  /** The handler threw an exception of its own. */
  ERROR("error");

  /** As the access log has it. */
  final String word;

  Outcome(String word) {
    this.word = word;
  }
}
