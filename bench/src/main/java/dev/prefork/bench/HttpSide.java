package dev.prefork.bench;

/** A server of {@link Workload}s. What it takes for ready is its first answer. */
sealed interface HttpSide extends Side permits LoneProgram, PreforkedProgram, InstalledServer {
  /** Which program it runs: sides of the same one are compared with each other. */
  String program();

  /** How many processes serve; one that is alone has no parent. */
  int workers();

  /** The same without anything that is at work beside the server while a rate is measured. */
  default HttpSide underLoad() {
    return this;
  }

  /** How many JVMs must compile what they do before it serves as fast as it can. */
  int compilers();

  /** Whether it can answer that, for so many clients, at all. */
  default boolean serves(Workload workload, int clients) {
    return true;
  }

  /** Whether a parent replaces a worker that dies, and all of them if it is asked to. */
  default boolean replacesWorkers() {
    return true;
  }

  /**
   * Replaces all workers while it serves, and waits until that is done.
   *
   * @throws dev.prefork.PreforkException if it is not done in a minute
   */
  void replaceWorkers(RunningServer server);
}
