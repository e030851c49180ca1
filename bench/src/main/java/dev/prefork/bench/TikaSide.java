package dev.prefork.bench;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** A way to keep extraction of text alive: several processes, of which documents end some. */
sealed interface TikaSide permits PreforkTika, PipesTika, ServerTika {
  /** As tables and chart call it. */
  String name();

  /** Whether 503 means that it takes no document now, and never that one has failed. */
  default boolean turnsAway() {
    return false;
  }

  /**
   * Starts it and waits until it serves, for a limited time.
   *
   * @param belongings keeps it; it is ended there
   * @throws dev.prefork.PreforkException if it does not come to serve
   */
  Running start(Belongings belongings);

  /**
   * A side that serves.
   *
   * @param process to be ended
   * @param port on 127.0.0.1
   * @param replaced how many processes were started in the place of others, until now
   * @param accepting how many workers accept now; empty where nobody tells
   */
  record Running(
      ServerProcess process, int port, LongSupplier replaced, Optional<IntSupplier> accepting) {}
}
