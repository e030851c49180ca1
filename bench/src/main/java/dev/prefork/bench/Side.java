package dev.prefork.bench;

/** One of the servers that are compared. */
sealed interface Side permits PreforkDemo, Original, HttpSide {
  /** As the tables call it. */
  String name();

  /**
   * Starts it and waits until it is ready, for a limited time.
   *
   * @param belongings keeps it; it is ended there
   * @throws dev.prefork.PreforkException if it does not become ready
   */
  RunningServer start(Belongings belongings);
}
