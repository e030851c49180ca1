package dev.prefork.launch;

import org.jspecify.annotations.Nullable;

/**
 * What a worker says to its supervisor: one line each on the report pipe. A worker that says
 * nothing is judged by its exit alone.
 *
 * @param kind what it says
 * @param text the reason, on one line; empty where there is none
 */
public record WorkerReport(Kind kind, String text) {
  private static final int MAX_TEXT = 2_000;

  /** The kinds of reports. */
  public enum Kind {
    /** Its main began: what ends it from now on is not the JVM's command line. */
    STARTED,
    /** How far it has come on its way to ready, as who waits for it is told. */
    PROGRESS,
    /** Its handler is constructed and its listeners adopted; it accepts when it is told to. */
    READY,
    /** It wants to be replaced, for the reason given; it serves on until it is told to drain. */
    RECYCLE,
    /** Somebody else than the supervisor has asked it to stop; it drains. */
    LEAVING,
    /** It ends by itself, and accepts no more: what it does until its exit may take time. */
    ENDING,
    /** How it does, for people. */
    STATUS,
    /** It can't start, for the reason given; it exits next. */
    FAILED
  }

  /** The line, without its end. Breaks in the reason become spaces; a long reason is cut. */
  public String encode() {
    String line = text.replace('\n', ' ').replace('\r', ' ');
    return kind.name() + ' ' + (line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) : line);
  }

  /** Reads a line; null if it is no report: the supervisor trusts nothing that a worker writes. */
  public static @Nullable WorkerReport decode(String line) {
    int space = line.indexOf(' ');
    String name = space < 0 ? line : line.substring(0, space);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name)) {
        return new WorkerReport(kind, space < 0 ? "" : line.substring(space + 1));
      }
    }
    return null;
  }
}
