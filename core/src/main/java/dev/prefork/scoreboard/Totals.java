package dev.prefork.scoreboard;

/**
 * All that a server has served, workers that have ended included.
 *
 * @param counters what
 * @param durations how long the requests took
 */
public record Totals(Counters counters, Durations durations) {}
