package dev.prefork;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One worker's end, and all that could be found out about it.
 *
 * @param time of the reaping
 * @param worker whose
 * @param cause its class
 * @param text the cause in words, with the reason the worker gave
 * @param exitCode its exit code; -1 if a signal ended it
 * @param signal the signal that ended it; 0 if none did
 * @param expected whether the supervisor had asked for it
 * @param age since its spawn
 * @param wasReady whether it had been ready
 * @param requests served by it
 * @param serving what it was serving when it ended, a text each: label, peer, for how long
 * @param residentBytes its memory when last read; 0 if never
 * @param crashFile the JVM's report on a native crash; empty if there is none
 * @param problematicFrame the report's frame in which it crashed; empty if there is none
 * @param threadDump its threads when it was late; empty if there is no dump
 */
public record WorkerDeath(
    Instant time,
    WorkerIdentity worker,
    Cause cause,
    String text,
    int exitCode,
    int signal,
    boolean expected,
    Duration age,
    boolean wasReady,
    long requests,
    List<String> serving,
    long residentBytes,
    String crashFile,
    String problematicFrame,
    String threadDump) {

  /** Why workers end. */
  public enum Cause {
    /** The supervisor asked: a stop, a smaller pool, a rolling restart, a retired slot. */
    STOPPED,
    /** Somebody else asked, by TERM, and it drained. */
    LEFT,
    /** It had served enough, was old or large enough, or its application asked for a successor. */
    RECYCLED,
    /** A request went on for longer than it may: killed. */
    REQUEST_TIMEOUT,
    /** Its JVM no longer ran: killed. */
    HEARTBEAT_TIMEOUT,
    /** Not ready within the start timeout: killed. */
    START_TIMEOUT,
    /** It said that it could not start. */
    START_FAILED,
    /** Its main ended by an error that nobody caught, or the application called exit. */
    EXITED,
    /** The Java heap was full. */
    OUT_OF_HEAP,
    /** The kernel killed it for want of memory. */
    OUT_OF_MEMORY_KILLER,
    /** The JVM or native code crashed. */
    CRASHED,
    /** Killed by somebody else. */
    KILLED,
    /** It did not finish within the stop timeout: killed. */
    STOP_TIMEOUT,
    /** Somebody else has taken its exit status. */
    UNKNOWN
  }

  /** Copies the list. */
  public WorkerDeath {
    serving = List.copyOf(serving);
  }
}
