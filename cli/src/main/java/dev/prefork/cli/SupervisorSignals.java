package dev.prefork.cli;

import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Signals;
import dev.prefork.posix.Signum;
import dev.prefork.server.PreforkServer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Turns the signals of {@link SignalTable} into requests to the server. */
final class SupervisorSignals {
  private static final String HOTSPOT_SUSPEND_SIGNAL = "_JAVA_SR_SIGNUM";

  private final PreforkServer server;
  private final Consumer<ServerEvent> log;
  private final boolean hadTerminal = ControllingTerminal.present();
  private final Set<SignalTable> saidOnce = EnumSet.noneOf(SignalTable.class);

  private SupervisorSignals(PreforkServer server, Consumer<ServerEvent> log) {
    this.server = server;
    this.log = log;
  }

  /**
   * Installs a handler for every row of the table; for USR2 only if HotSpot has been told to
   * suspend its threads with another signal, as the launcher does.
   */
  static void install(PreforkServer server, Map<String, String> env, Consumer<ServerEvent> log) {
    SupervisorSignals signals = new SupervisorSignals(server, log);
    for (SignalTable row : SignalTable.values()) {
      if (row != SignalTable.USR2 || env.containsKey(HOTSPOT_SUSPEND_SIGNAL)) {
        signals.install(row);
      }
    }
    if (Pid.self().value() == 1) {
      var _ = Signals.handle(Signum.CHLD, server::childEnded);
    }
  }

  private void install(SignalTable row) {
    Posix posix = Posix.system();
    boolean ignored = posix.ignores(row.signum());
    if (ignored && row == SignalTable.HUP) {
      sayOnce(row, "HUP is ignored: this process was started so (nohup)");
      return;
    }
    if (ignored) {
      // A shell ignores INT for what it puts in the background; an explicit kill -INT must work.
      posix.restoreDefault(row.signum());
    }
    var _ = Signals.handle(row.signum(), () -> received(row));
  }

  private void received(SignalTable row) {
    switch (row) {
      case TERM -> server.stop("TERM");
      case INT -> server.stopNow("INT");
      case HUP -> hangUp();
      case TTIN -> unlessTerminal(() -> server.resizeBy(1, "TTIN"));
      case TTOU -> unlessTerminal(() -> server.resizeBy(-1, "TTOU"));
      case WINCH -> unlessTerminal(() -> server.resize(0, "WINCH"));
      case USR1 -> server.reopenLogs("USR1");
      case USR2 -> sayOnce(row, row.name() + " does nothing in this version");
    }
  }

  private void hangUp() {
    if (hadTerminal && !ControllingTerminal.present()) {
      server.stop("HUP (the terminal is gone)");
    } else {
      sayOnce(SignalTable.HUP, "HUP does nothing in this version: the rolling restart is to come");
    }
  }

  /** A resized window must not stop a service, nor a background job's output shrink it. */
  private static void unlessTerminal(Runnable action) {
    if (!ControllingTerminal.present()) {
      action.run();
    }
  }

  private synchronized void sayOnce(SignalTable row, String text) {
    if (saidOnce.add(row)) {
      log.accept(new ServerEvent.Message(Level.WARNING, text));
    }
  }
}
