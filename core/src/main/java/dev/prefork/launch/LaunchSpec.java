package dev.prefork.launch;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ProgramConfig;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;

/**
 * All that crosses exec: what a worker is told by its supervisor. Written as text by {@link
 * LaunchSpecCodec} into a memory file that the worker inherits; never in arguments or environment,
 * which other users can read.
 *
 * @param kind what the application is to the worker
 * @param application the handler's class name, or the program's jar
 * @param slot the worker's fixed place
 * @param generation raised by every rolling restart
 * @param accept who may accept now
 * @param concurrency connections served at a time
 * @param connectionTimeout the deadline of a connection
 * @param stopTimeout the bound of a drain that no supervisor watches any more
 * @param program what is said of a program
 * @param maxRequests after so many it asks to be replaced; 0 for never
 * @param accessLog the access log's file; {@link #INHERITED_LOG} for the descriptor after the
 *     listeners; empty for none
 * @param accessLogFormat how its lines are written
 * @param backlog how long the listeners' queues are
 * @param listeners the families of the inherited listeners, in the order of their descriptors
 */
public record LaunchSpec(
    ApplicationConfig.Kind kind,
    String application,
    int slot,
    int generation,
    AcceptMode accept,
    int concurrency,
    Duration connectionTimeout,
    Duration stopTimeout,
    ProgramConfig program,
    int maxRequests,
    String accessLog,
    LogFormat accessLogFormat,
    int backlog,
    List<StandardProtocolFamily> listeners) {

  /** The memory file with the launch spec. */
  public static final int SPEC_FD = 3;

  /** The lifeline: commands come here, and end of file when the supervisor is gone. */
  public static final int COMMANDS_FD = 4;

  /** The worker's reports go here. */
  public static final int REPORTS_FD = 5;

  /** The accept lock's memory file. */
  public static final int LOCK_FD = 6;

  /** The scoreboard's file. */
  public static final int SCOREBOARD_FD = 7;

  /** Where a worker opens it. */
  public static final String SCOREBOARD_PATH = "/proc/self/fd/" + SCOREBOARD_FD;

  /** The first listener; the others follow. */
  public static final int FIRST_LISTENER_FD = 8;

  /** The access log goes to the inherited descriptor after the listeners. */
  public static final String INHERITED_LOG = "-";

  /** A command of the lifeline: a worker that is ready accepts from now on. */
  public static final String ACCEPT_COMMAND = "accept";

  /** A command of the lifeline: finish what is open, accept no more, go. */
  public static final String DRAIN_COMMAND = "drain";

  /** A command of the lifeline: the request of a lane, whose number follows, is late. */
  public static final String LATE_COMMAND = "late ";

  /** A command of the lifeline: open the access log anew. */
  public static final String REOPEN_COMMAND = "reopen";

  /** Where the access log is, if it is inherited. */
  public int accessLogFd() {
    return FIRST_LISTENER_FD + listeners.size();
  }

  /** Copies the list. */
  public LaunchSpec {
    listeners = List.copyOf(listeners);
  }
}
