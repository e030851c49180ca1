package dev.prefork.cli;

import dev.prefork.posix.Signum;

/** The one table of signals: the handlers come from it, and so does docs/SIGNALS.md. */
enum SignalTable {
  /** Graceful stop. */
  TERM(
      Signum.TERM,
      "graceful stop: closes the listeners, lets every worker finish its open connections, kills"
          + " what is left after `--stop-timeout`; a second TERM stops at once"),
  /** Immediate stop. */
  INT(Signum.INT, "immediate stop: open connections are cut; Ctrl-C sends it"),
  /** Restart, or the terminal's end. */
  HUP(
      Signum.HUP,
      "graceful stop if the controlling terminal is gone; otherwise said once and ignored: the"
          + " rolling restart is not in this version. Stays ignored under `nohup`"),
  /** One more. */
  TTIN(
      Signum.TTIN,
      "one worker more, up to `--max-workers`; ignored while there is a controlling terminal"),
  /** One less. */
  TTOU(Signum.TTOU, "one worker less, down to 0; ignored while there is a controlling terminal"),
  /** None. */
  WINCH(
      Signum.WINCH,
      "no worker, the listeners stay open and the kernel queues; TTIN brings workers back; ignored"
          + " while there is a controlling terminal"),
  /** After the log files were renamed. */
  USR1(
      Signum.USR1,
      "reopens `--log-file` and `--slow-log`, and has every worker reopen `--access-log`: rename"
          + " the files, then send it; no line is lost"),
  /** Reserved. */
  USR2(Signum.USR2, "said once and ignored: the upgrade in place is not in this version");

  private final Signum signum;
  private final String action;

  SignalTable(Signum signum, String action) {
    this.signum = signum;
    this.action = action;
  }

  Signum signum() {
    return signum;
  }

  /** What the supervisor does, for the documentation. */
  String action() {
    return action;
  }
}
