package dev.prefork.scoreboard;

/**
 * Whose scoreboard it is.
 *
 * @param pid the supervisor's process id
 * @param startedMs when it started, in milliseconds since 1970
 * @param startedNs the same by {@link System#nanoTime}
 * @param wanted how many workers it wants
 */
public record ServerReading(int pid, long startedMs, long startedNs, int wanted) {}
