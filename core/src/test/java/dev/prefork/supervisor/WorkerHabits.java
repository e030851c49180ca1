package dev.prefork.supervisor;

/**
 * How likely simulated workers do what.
 *
 * @param spawnFails the spawn itself fails
 * @param diesEarly it ends before it is ready
 * @param refuses it ends early with the word that starting it again can't help
 * @param hangs it never gets ready
 * @param dies it ends by itself after it was ready
 * @param ignores it does not go when asked
 */
record WorkerHabits(
    double spawnFails,
    double diesEarly,
    double refuses,
    double hangs,
    double dies,
    double ignores) {
  static final WorkerHabits GOOD = new WorkerHabits(0, 0, 0, 0, 0, 0);

  /** Each as likely as {@code evil} says, but for refusals. */
  static WorkerHabits bad(double evil) {
    return new WorkerHabits(evil, evil, 0, evil, 2 * evil, evil);
  }

  static WorkerHabits refusing(double evil) {
    return new WorkerHabits(evil, evil, evil, evil, evil, evil);
  }
}
