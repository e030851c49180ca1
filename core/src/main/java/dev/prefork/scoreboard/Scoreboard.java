package dev.prefork.scoreboard;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.MappedFiles;
import dev.prefork.posix.Pid;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.locks.LockSupport;

/**
 * What every worker of a server is doing, in a file that supervisor and workers map: {@link
 * Layout}. It outlives each of them. Readers believe nothing of it: what a worker writes is a hint.
 */
public final class Scoreboard {
  /** Entering a worker's end takes a microsecond; a supervisor stopped in it is not waited for. */
  private static final int ATTEMPTS = 100;

  private static final long LOOK_AGAIN_NS = 20_000;

  /**
   * The layout's version stands for the order of the lives. Here, so that the worker that trains an
   * ahead-of-time cache, which never accepts, loads them too.
   */
  @SuppressWarnings("EnumOrdinal")
  private static final int READY = SlotLife.READY.ordinal();

  private final MappedByteBuffer memory;
  private final int slots;
  private final int lanes;

  private Scoreboard(MappedByteBuffer memory, int slots, int lanes) {
    this.memory = memory;
    this.slots = slots;
    this.lanes = lanes;
  }

  /**
   * Makes the scoreboard of a server in an empty file, whose bytes are all written first: a page
   * that the disk had no room for would be found missing by whoever writes to it, by a SIGBUS.
   *
   * @param path the file; {@code /proc/self/fd/N} will do
   * @param slots the most that the server will have
   * @param lanes connections that one worker serves at a time
   * @throws IOException if there is no room
   */
  public static Scoreboard create(String path, int slots, int lanes) throws IOException {
    long size = Layout.fileSize(slots, lanes);
    try (OutputStream file = new FileOutputStream(path)) {
      file.write(new byte[Math.toIntExact(size)]); // a mapping has no more either
    }
    Scoreboard scoreboard = new Scoreboard(map(path, MapMode.READ_WRITE, size), slots, lanes);
    MappedByteBuffer memory = scoreboard.memory;
    memory.putInt(Layout.SLOTS_AT, slots);
    memory.putInt(Layout.LANES_AT, lanes);
    memory.putInt(Layout.SUPERVISOR_PID_AT, Pid.self().value());
    memory.putLong(Layout.STARTED_MS_AT, System.currentTimeMillis());
    memory.putLong(Layout.STARTED_NS_AT, System.nanoTime());
    VarHandle.storeStoreFence();
    memory.putInt(Layout.VERSION_AT, Layout.VERSION);
    memory.putLong(Layout.MAGIC_AT, Layout.MAGIC);
    return scoreboard;
  }

  /**
   * Opens a scoreboard that a supervisor has made.
   *
   * @param writable true for a worker, false for somebody who only looks
   * @throws IOException if the file can't be read or is no scoreboard of this version
   */
  public static Scoreboard open(String path, boolean writable) throws IOException {
    MapMode mode = writable ? MapMode.READ_WRITE : MapMode.READ_ONLY;
    MappedByteBuffer header = map(path, mode, Layout.HEADER_SIZE);
    if (header.getLong(Layout.MAGIC_AT) != Layout.MAGIC) {
      throw new IOException(path + " is no scoreboard");
    }
    if (header.getInt(Layout.VERSION_AT) != Layout.VERSION) {
      throw new IOException(
          path
              + " is a scoreboard of version "
              + header.getInt(Layout.VERSION_AT)
              + ", this program reads version "
              + Layout.VERSION);
    }
    int slots = header.getInt(Layout.SLOTS_AT);
    int lanes = header.getInt(Layout.LANES_AT);
    return new Scoreboard(map(path, mode, Layout.fileSize(slots, lanes)), slots, lanes);
  }

  /** The mapping outlives the file's descriptor; the kernel ends it with the process. */
  private static MappedByteBuffer map(String path, MapMode mode, long size) throws IOException {
    boolean writable = mode.equals(MapMode.READ_WRITE);
    try (RandomAccessFile file = new RandomAccessFile(path, writable ? "rw" : "r")) {
      if (file.length() < size && !writable) {
        throw new IOException(path + " is no scoreboard: it is too short");
      }
      MappedByteBuffer memory = MappedFiles.map(file.getChannel(), mode, size);
      memory.order(ByteOrder.nativeOrder());
      return memory;
    }
  }

  /** The columns of one thread of a worker. */
  public Lane lane(int slot, int lane) {
    return new Lane(memory, Layout.laneAt(slot, lane, lanes));
  }

  /** The columns of an unchanged program. */
  public ProgramLine program(int slot) {
    return new ProgramLine(memory, Layout.slotAt(slot, lanes));
  }

  /** How many open connections that program has, of those that accept, that has the fewest. */
  public int fewestOpen() {
    int fewest = Integer.MAX_VALUE;
    for (int slot = 0; slot < slotsInUse(); slot++) {
      int at = Layout.slotAt(slot, lanes);
      if (memory.getInt(at + Layout.LIFE) == READY) {
        fewest = Math.min(fewest, memory.getInt(at + Layout.OPEN));
      }
    }
    return fewest;
  }

  /** When a program's JVM was last seen to run; 0 if never, as for a handler. */
  public long heartbeatNs(int slot) {
    return memory.getLong(Layout.slotAt(slot, lanes) + Layout.HEARTBEAT_NS);
  }

  /** How many slots the supervisor uses now. */
  public int slotsInUse() {
    return Math.clamp(memory.getInt(Layout.SLOTS_IN_USE_AT), 0, slots);
  }

  /** Connections that one worker serves at a time. */
  public int lanes() {
    return lanes;
  }

  /** Connections that a lane has accepted. */
  public long connections(int slot, int lane) {
    return memory.getLong(Layout.laneAt(slot, lane, lanes) + Layout.CONNECTIONS);
  }

  /** When a lane's current request began; 0 if it has none. */
  public long sinceNs(int slot, int lane) {
    return memory.getLong(Layout.laneAt(slot, lane, lanes) + Layout.SINCE_NS);
  }

  /** Whether a lane waits for a connection: it is idle, and does not let others pass. */
  public boolean waits(int slot, int lane) {
    int at = Layout.laneAt(slot, lane, lanes);
    return memory.getLong(at + Layout.SINCE_NS) == 0 && memory.getInt(at + Layout.PAUSES) == 0;
  }

  /** How much more time than others a lane's current request has been given by its handler. */
  public long extensionNs(int slot, int lane) {
    return memory.getLong(Layout.laneAt(slot, lane, lanes) + Layout.EXTENSION_NS);
  }

  // What only the supervisor writes.

  /** A worker has been spawned into a slot. */
  public void spawned(int slot, int generation, int pid, long nowNs) {
    int at = Layout.slotAt(slot, lanes);
    memory.putInt(at + Layout.GENERATION, generation);
    memory.putInt(at + Layout.PID, pid);
    memory.putLong(at + Layout.SPAWNED_NS, nowNs);
    memory.putInt(Layout.SLOTS_IN_USE_AT, Math.max(slotsInUse(), slot + 1));
  }

  /** A slot's life has changed. */
  @SuppressWarnings("EnumOrdinal") // the layout's version stands for the order of the lives
  public void life(int slot, SlotLife life) {
    memory.putInt(Layout.slotAt(slot, lanes) + Layout.LIFE, life.ordinal());
  }

  /** A slot's worker is ready. */
  public void ready(int slot, long nowNs) {
    memory.putLong(Layout.slotAt(slot, lanes) + Layout.READY_NS, nowNs);
  }

  /** What a slot's worker needs in memory; a proportional size of 0 leaves the last one. */
  public void memory(int slot, long residentBytes, long proportionalBytes, long nowNs) {
    int at = Layout.slotAt(slot, lanes);
    memory.putLong(at + Layout.RESIDENT, residentBytes);
    if (proportionalBytes > 0) {
      memory.putLong(at + Layout.PROPORTIONAL, proportionalBytes);
    }
    memory.putLong(at + Layout.MEMORY_READ_NS, nowNs);
  }

  /** How many workers the server wants. */
  public void wanted(int workers) {
    memory.putInt(Layout.WANTED_AT, workers);
  }

  /** A slot's worker has ended: what it served is added to what all before it served. */
  public void ended(int slot) {
    long[] durations = endedDurations();
    Counters counters = endedCounters().plus(add(slot, durations));
    int sequence = memory.getInt(Layout.ENDED_SEQUENCE_AT);
    memory.putInt(Layout.ENDED_SEQUENCE_AT, sequence + 1);
    VarHandle.storeStoreFence();
    Columns.putAll(memory, Layout.ENDED_COUNTERS_AT, counters);
    Columns.putAll(memory, Layout.ENDED_DURATIONS_AT, durations);
    memory.put(Layout.slotAt(slot, lanes), new byte[Layout.slotSize(lanes)]);
    VarHandle.storeStoreFence();
    memory.putInt(Layout.ENDED_SEQUENCE_AT, sequence + 2);
  }

  // What anybody reads.

  /** What has been served by workers that have ended. */
  public Counters endedCounters() {
    return Columns.counters(memory, Layout.ENDED_COUNTERS_AT);
  }

  /**
   * What has been served since the server's start. No worker is counted twice, or left out, while
   * its end is entered.
   */
  public Totals totals() {
    Totals totals = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = memory.getInt(Layout.ENDED_SEQUENCE_AT);
      VarHandle.loadLoadFence();
      totals = sum();
      VarHandle.loadLoadFence();
      if (before % 2 == 0 && before == memory.getInt(Layout.ENDED_SEQUENCE_AT)) {
        return totals;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NS);
    }
    return totals == null ? sum() : totals;
  }

  private Totals sum() {
    long[] durations = endedDurations();
    Counters counters = endedCounters();
    for (int slot = 0; slot < slotsInUse(); slot++) {
      counters = counters.plus(add(slot, durations));
    }
    return new Totals(counters, new Durations(durations));
  }

  private long[] endedDurations() {
    long[] durations = new long[Durations.BUCKETS];
    Columns.addAll(memory, Layout.ENDED_DURATIONS_AT, durations);
    return durations;
  }

  /** What a slot's worker has served; its requests' durations are added to the others'. */
  private Counters add(int slot, long[] durations) {
    Counters counters = Counters.ZERO;
    for (int lane = 0; lane < lanes; lane++) {
      int at = Layout.laneAt(slot, lane, lanes);
      counters = counters.plus(Columns.counters(memory, at));
      Columns.addAll(memory, at + Layout.DURATIONS, durations);
    }
    return counters.andOf(SlotReader.program(memory, Layout.slotAt(slot, lanes)));
  }

  /** What has been served since the server's start. */
  public Counters counters() {
    return totals().counters();
  }

  /** How long requests took since the server's start. */
  public Durations durations() {
    return totals().durations();
  }

  /** The supervisor that made it. */
  public ServerReading server() {
    return new ServerReading(
        memory.getInt(Layout.SUPERVISOR_PID_AT),
        memory.getLong(Layout.STARTED_MS_AT),
        memory.getLong(Layout.STARTED_NS_AT),
        memory.getInt(Layout.WANTED_AT));
  }

  /** What a slot's worker does. */
  public SlotReading read(int slot) {
    return new SlotReader(memory, lanes).read(slot);
  }
}
