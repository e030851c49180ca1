package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Signals;
import dev.prefork.posix.Signum;
import dev.prefork.worker.ReportingProgram;
import dev.prefork.worker.Supervision;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a worker that is a program leaves. The listeners go quiet first; what has been asked is
 * answered; then the program gets TERM, for its own graceful shutdown, if it has one. The
 * connections that this leaves open end between two requests: all of them if it has none, before
 * TERM then.
 */
final class ProgramDrain {
  /** The supervisor kills at the bound; this is for a worker that has none any more. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** A connection that was accepted last of all is given this long to become a request. */
  private static final Duration SETTLE = Duration.ofMillis(300);

  /** And this long to be answered and closed, where the machine is slow: kept ones stay open. */
  private static final Duration SETTLE_MOST = Duration.ofMillis(1_500);

  private static final long LOOK_AGAIN_MS = 20;

  /** Of the bound, for what the program's own shutdown leaves; it must end before it is killed. */
  private static final int FAREWELL_PERCENT = 90;

  private final Supervision supervision;
  private final SharedListeners listeners;
  private final ReportingProgram program;
  private final Farewell farewell;
  private final Duration stopTimeout;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final Signals.Interception term;
  private volatile long beganNs;
  private volatile @Nullable List<Thread> programHooks;

  /**
   * @param stopTimeout the bound of it all; half of it for what has been asked
   */
  ProgramDrain(
      Supervision supervision,
      SharedListeners listeners,
      ReportingProgram program,
      Farewell farewell,
      Duration stopTimeout) {
    this.supervision = supervision;
    this.listeners = listeners;
    this.program = program;
    this.farewell = farewell;
    this.stopTimeout = stopTimeout;
    this.term = new Signals.Interception(Signum.TERM, new Leave());
  }

  /**
   * From now on TERM drains, whoever sends it: systemd and others send it to all processes of a
   * service at once.
   */
  void heedTerm() {
    term.begin();
  }

  /** No lambda: it is made while the program starts, and would link a call site then. */
  private final class Leave implements Runnable {
    @Override
    public void run() {
      supervision.report(WorkerReport.Kind.LEAVING, "TERM");
      begin();
    }
  }

  /** Ends this JVM. Returns at once if that is under way already. */
  void begin() {
    if (begun.getAndSet(true)) {
      return;
    }
    beganNs = System.nanoTime();
    listeners.close();
    program.drain();
    try {
      if (listeners.wereOpened()) {
        settle();
        awaitAnswers();
        programHooks = ShutdownHooks.ofProgram();
        if (List.of().equals(programHooks) && !term.isOthersToo()) {
          sayFarewell();
        }
      }
      term.release();
      Signals.raise(Signum.TERM);
      Thread.sleep(stopTimeout.plus(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.FAILED.code());
  }

  /**
   * To be run as a shutdown hook, beside the program's own: keeps the JVM until they have returned,
   * and what they have left open is answered. A hook need not shut a server down: those of logging
   * libraries do not.
   */
  void awaitTheRest() {
    List<Thread> before = programHooks;
    if (before == null || listeners.openConnections() == 0) {
      return; // also if it ends by itself
    }
    try {
      // The JVM starts one after the other; whom it has not by then, the program has taken back.
      Thread.sleep(LOOK_AGAIN_MS);
      for (Thread hook : before) {
        hook.join();
      }
      if (listeners.openConnections() > 0) {
        sayFarewell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayFarewell() throws InterruptedException {
    farewell.begin();
    await(farewell, percent(FAREWELL_PERCENT));
  }

  /**
   * Servers finish requests and close connections that have sent none: who has just been accepted
   * must not look like one of these.
   */
  private void settle() throws InterruptedException {
    if (SETTLE.compareTo(stopTimeout) < 0) {
      Thread.sleep(SETTLE);
      await(() -> listeners.openConnections() == 0, SETTLE_MOST);
    }
  }

  /** Programs without a graceful shutdown would cut them, and some with a short one. */
  private void awaitAnswers() throws InterruptedException {
    BitSet asking = listeners.askingConnections();
    await(
        () -> {
          asking.and(listeners.askingConnections());
          return asking.isEmpty();
        },
        percent(50));
  }

  /** Of the bound. By hand: Duration's own division computes powers of five for long. */
  private Duration percent(int percent) {
    return Duration.ofNanos(stopTimeout.toNanos() / 100 * percent);
  }

  private void await(BooleanSupplier condition, Duration most) throws InterruptedException {
    long mostNs = Math.min(most.toNanos(), stopTimeout.toNanos());
    while (!condition.getAsBoolean() && System.nanoTime() - beganNs < mostNs) {
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }
}
