package dev.prefork.supervisor;

import dev.prefork.ServerEvent.WorkerExited;
import dev.prefork.scoreboard.SlotReading;

/**
 * What is known of a worker at the moment of its reaping.
 *
 * @param exit how it ended
 * @param last what it was doing: its slot of the scoreboard, read before the next worker gets it
 * @param nowNs the monotonic clock
 */
public record Obituary(WorkerExited exit, SlotReading last, long nowNs) {}
