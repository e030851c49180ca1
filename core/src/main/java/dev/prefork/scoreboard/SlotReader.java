package dev.prefork.scoreboard;

import dev.prefork.ServerStatus.SlotLife;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.MappedByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads slots while their workers write them. */
final class SlotReader {
  /** A worker that was killed while it wrote leaves an odd sequence number behind for ever. */
  private static final int ATTEMPTS = 100;

  private static final SlotLife[] LIVES = SlotLife.values();
  private static final int IPV6_LENGTH = 16;

  private final MappedByteBuffer memory;
  private final int lanes;

  SlotReader(MappedByteBuffer memory, int lanes) {
    this.memory = memory;
    this.lanes = lanes;
  }

  SlotReading read(int slot) {
    int at = Layout.slotAt(slot, lanes);
    List<LaneReading> readings = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      readings.add(readLane(Layout.laneAt(slot, lane, lanes)));
    }
    return new SlotReading(
        slot,
        LIVES[Math.clamp(memory.getInt(at + Layout.LIFE), 0, LIVES.length - 1)],
        memory.getInt(at + Layout.GENERATION),
        memory.getInt(at + Layout.PID),
        memory.getLong(at + Layout.SPAWNED_NS),
        memory.getLong(at + Layout.READY_NS),
        memory.getLong(at + Layout.RESIDENT),
        memory.getLong(at + Layout.PROPORTIONAL),
        memory.getLong(at + Layout.MEMORY_READ_NS),
        program(memory, at),
        readings);
  }

  /** The columns of an unchanged program in the slot that stands there. */
  static ProgramReading program(MappedByteBuffer memory, int at) {
    return new ProgramReading(
        memory.getLong(at + Layout.HEARTBEAT_NS),
        memory.getInt(at + Layout.OPEN),
        memory.getLong(at + Layout.ACCEPTED),
        memory.getLong(at + Layout.IN_VAIN),
        memory.getInt(at + Layout.ASKING),
        memory.getLong(at + Layout.PROGRAM_IN),
        memory.getLong(at + Layout.PROGRAM_OUT));
  }

  private LaneReading readLane(int at) {
    LaneReading reading = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = memory.getInt(at + Layout.SEQUENCE);
      VarHandle.loadLoadFence();
      reading = readOnce(at);
      VarHandle.loadLoadFence();
      if (before % 2 == 0 && before == memory.getInt(at + Layout.SEQUENCE)) {
        return reading;
      }
      Thread.onSpinWait();
    }
    return reading == null ? readOnce(at) : reading;
  }

  private LaneReading readOnce(int at) {
    return new LaneReading(
        Columns.counters(memory, at),
        memory.getLong(at + Layout.SINCE_NS),
        memory.getLong(at + Layout.DEADLINE_NS),
        peer(at),
        Columns.text(memory, at + Layout.LABEL, Layout.MAX_LABEL),
        Columns.text(memory, at + Layout.LAST_ERROR, Layout.MAX_LAST_ERROR));
  }

  private String peer(int at) {
    byte[] address = Columns.bytes(memory, at + Layout.PEER_LENGTH, IPV6_LENGTH);
    try {
      String host = InetAddress.getByAddress(address).getHostAddress();
      boolean ipv6 = address.length == IPV6_LENGTH;
      return (ipv6 ? "[" + host + "]" : host) + ":" + memory.getInt(at + Layout.PEER_PORT);
    } catch (UnknownHostException e) {
      return "unix"; // none: so it is with a peer that does not come from the internet
    }
  }
}
