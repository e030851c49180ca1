package dev.prefork.scoreboard;

/**
 * Where everything stands in the scoreboard's file. Integers have the machine's byte order; every
 * column is aligned to its own size, every line to a cache line of 64 bytes, so that no two writers
 * share one. Times are {@link System#nanoTime}, which on Linux all processes of a boot share.
 *
 * <pre>
 *   0      header, one page; the supervisor writes it
 *            0 magic (written last)   8 version   12 slots   16 lanes of a slot   20 slots in use
 *           24 supervisor's pid      32 started, ms since 1970   40 started, ns   48 wanted workers
 *           56 sequence (odd while a worker's end is entered)
 *           64 counters of workers that have ended   192 durations of their requests
 *   4096   slot 0
 *            supervisor's line:  0 life   4 generation   8 pid   16 spawned, ns   24 ready, ns
 *                               32 resident bytes   40 proportional bytes   48 memory read, ns
 *            program's line, written by the agent of a worker that runs an unchanged program:
 *                               64 last heartbeat, ns (0: none)   72 connections accepted
 *                               80 accepts that found nothing     88 open connections
 *                               92 of these, those that wait for an answer
 *                               96 bytes in                      104 bytes out
 *            lane 0, written by one thread of the worker:
 *              counters' line:   0 connections   8 requests   16 bytes in   24 bytes out
 *                               32 errors   40 busy ns   48 pauses now, though idle
 *              request's lines: 64 sequence (odd while it is written)   72 since, ns (0: idle)
 *                               80 deadline, ns   88 peer's port   92 length of the peer's address
 *                               96 the peer's address   112 label   208 last error
 *                              376 how much later than that its limits are, ns
 *              durations' lines: 384 one count for each bucket of {@link Durations}
 *            lane 1 …
 *          slot 1 …
 * </pre>
 *
 * A text is a length in bytes (int), then UTF-8.
 */
final class Layout {
  static final long MAGIC = 0x5052_4546_4f52_4b31L; // "PREFORK1"
  static final int VERSION = 3;

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 8;
  static final int SLOTS_AT = 12;
  static final int LANES_AT = 16;
  static final int SLOTS_IN_USE_AT = 20;
  static final int SUPERVISOR_PID_AT = 24;
  static final int STARTED_MS_AT = 32;
  static final int STARTED_NS_AT = 40;
  static final int WANTED_AT = 48;
  static final int ENDED_SEQUENCE_AT = 56;
  static final int ENDED_COUNTERS_AT = 64;
  static final int ENDED_DURATIONS_AT = 192;
  static final int HEADER_SIZE = 4096;

  static final int LIFE = 0;
  static final int GENERATION = 4;
  static final int PID = 8;
  static final int SPAWNED_NS = 16;
  static final int READY_NS = 24;
  static final int RESIDENT = 32;
  static final int PROPORTIONAL = 40;
  static final int MEMORY_READ_NS = 48;
  static final int HEARTBEAT_NS = 64;
  static final int ACCEPTED = 72;
  static final int IN_VAIN = 80;
  static final int OPEN = 88;
  static final int ASKING = 92;
  static final int PROGRAM_IN = 96;
  static final int PROGRAM_OUT = 104;
  static final int SLOT_LINES = 128;

  static final int CONNECTIONS = 0;
  static final int REQUESTS = 8;
  static final int BYTES_IN = 16;
  static final int BYTES_OUT = 24;
  static final int ERRORS = 32;
  static final int BUSY_NS = 40;
  static final int COUNTERS = 6;
  static final int PAUSES = 48;
  static final int SEQUENCE = 64;
  static final int SINCE_NS = 72;
  static final int DEADLINE_NS = 80;
  static final int PEER_PORT = 88;
  static final int PEER_LENGTH = 92;
  static final int PEER = 96;
  static final int LABEL = 112;
  static final int MAX_LABEL = 92;
  static final int LAST_ERROR = 208;
  static final int MAX_LAST_ERROR = 164;
  static final int EXTENSION_NS = 376;
  static final int DURATIONS = 384;
  static final int LANE_SIZE = DURATIONS + Durations.BUCKETS * Long.BYTES;

  private Layout() {}

  static int slotSize(int lanes) {
    return SLOT_LINES + lanes * LANE_SIZE;
  }

  static int slotAt(int slot, int lanes) {
    return HEADER_SIZE + slot * slotSize(lanes);
  }

  static int laneAt(int slot, int lane, int lanes) {
    return slotAt(slot, lanes) + SLOT_LINES + lane * LANE_SIZE;
  }

  static long fileSize(int slots, int lanes) {
    return HEADER_SIZE + (long) slots * slotSize(lanes);
  }
}
