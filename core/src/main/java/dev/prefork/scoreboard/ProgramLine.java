package dev.prefork.scoreboard;

import java.nio.MappedByteBuffer;

/**
 * The columns of a worker that runs an unchanged program, as far as its agent can see: the agent
 * alone writes them, guarded by itself.
 */
public final class ProgramLine {
  private final MappedByteBuffer memory;
  private final int at;

  ProgramLine(MappedByteBuffer memory, int at) {
    this.memory = memory;
    this.at = at;
  }

  /** The JVM runs: a thread of it has come round. */
  public void beat(long nowNs) {
    memory.putLong(at + Layout.HEARTBEAT_NS, nowNs);
  }

  /**
   * What has become of connections.
   *
   * @param open accepted from shared listeners and not closed yet
   * @param accepted since the worker's start
   * @param inVain accepts that found nothing: another worker had taken the connection
   */
  public void connections(int open, long accepted, long inVain) {
    memory.putInt(at + Layout.OPEN, open);
    memory.putLong(at + Layout.ACCEPTED, accepted);
    memory.putLong(at + Layout.IN_VAIN, inVain);
  }

  /** What connections have moved, since the worker's start. */
  public void bytes(long received, long sent) {
    memory.putLong(at + Layout.PROGRAM_IN, received);
    memory.putLong(at + Layout.PROGRAM_OUT, sent);
  }

  /** How many open connections have asked and wait for an answer. */
  public void asking(int connections) {
    memory.putInt(at + Layout.ASKING, connections);
  }
}
