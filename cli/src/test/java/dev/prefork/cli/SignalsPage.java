package dev.prefork.cli;

/** Writes docs/SIGNALS.md from {@link SignalTable}. */
final class SignalsPage {
  private static final String BEFORE =
      """
      # Signals

      <!-- Generated from SignalTable: mvn -pl cli -am test -Dtest=SignalsDocTest \
      -Dsurefire.failIfNoSpecifiedTests=false -Dprefork.docs.write=true -->

      TERM is the graceful stop, as in gunicorn and pitchfork; in unicorn and nginx that is QUIT, which a
      JVM keeps for its thread dump. Signals coalesce in the kernel: three TTIN sent at once may arrive as
      one. They are requests, not counters.

      ## To the supervisor

      `kill -TERM PID`, with the pid of the ready line or of the file `pid` in the runtime directory.

      | signal | what the supervisor does |
      |---|---|
      """;

  private static final String AFTER =
      """
      | QUIT | prints a thread dump of the supervisor's JVM on standard output, and goes on: no JVM lets it be handled |
      | KILL | ends the supervisor at once; its workers see their lifelines cut, finish their open connections and go |

      INT that was ignored at the start, as a shell does for what it puts in the background, is put back to its
      default and handled. HUP that was ignored stays ignored: that is what `nohup` is for.

      HotSpot suspends its own threads with USR2. The launcher exports `_JAVA_SR_SIGNUM`, which gives it
      another signal; whoever starts the JVM without the launcher sets it too, or a profiler raises USR2
      hundreds of times a second.

      As process 1 of a container the supervisor also handles CHLD, to collect what other processes leave
      behind.

      ## To a worker

      Each worker has a process group of its own (a command's a session): what the terminal sends reaches
      the supervisor alone. TTIN and TTOU are blocked in a worker, so that no terminal stops it.

      | signal | what the worker does |
      |---|---|
      | TERM | tells the supervisor that it leaves, accepts no more, finishes its open connections within `--stop-timeout` and exits with 0; the supervisor replaces it 100 ms later, unless a stop has come meanwhile. A program answers what it was asked, then TERM does what it does to it alone |
      | INT | ends at once, without finishing its connections; the supervisor sends it for an immediate stop, and KILL a second later |
      | QUIT | prints a thread dump of the worker's JVM, which the supervisor passes on to its log |
      | KILL | ends at once; the supervisor replaces it at once |
      | HUP | ends at once, with the JVM's shutdown hooks, and is replaced |
      | USR2 | the JVM's own, to suspend threads, unless `_JAVA_SR_SIGNUM` is set |
      """;

  private SignalsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(BEFORE);
    for (SignalTable row : SignalTable.values()) {
      page.append("| ").append(row.signum()).append(" | ").append(row.action()).append(" |\n");
    }
    return page.append(AFTER).toString();
  }
}
