package dev.prefork.worker;

import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import dev.prefork.WorkerIdentity;
import dev.prefork.accept.AcceptGate;
import dev.prefork.accept.AcceptLoop;
import dev.prefork.accept.AccessLog;
import dev.prefork.accept.DeadlineWatch;
import dev.prefork.accept.HeapReturn;
import dev.prefork.accept.Recycling;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.InheritedDescriptors;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Signals;
import dev.prefork.posix.Signum;
import dev.prefork.scoreboard.Scoreboard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's life: construct the handler, adopt the listeners, say ready, serve, drain. */
final class Worker {
  private static final String LOCK_PATH = "/proc/self/fd/" + LaunchSpec.LOCK_FD;

  private final LaunchSpec spec;
  private final ConnectionHandler handler;
  private final AcceptGate gate;
  private final WorkerIdentity identity;
  private final @Nullable AccessLog accessLog;
  private final List<Thread> helperThreads = new ArrayList<>();
  private final List<Thread> acceptThreads = new ArrayList<>();
  private boolean draining;

  private Worker(LaunchSpec spec, ConnectionHandler handler, AcceptGate gate) {
    this.spec = spec;
    this.handler = handler;
    this.gate = gate;
    this.identity = new WorkerIdentity(spec.slot(), spec.generation(), Pid.self().value());
    this.accessLog = AccessLogs.open(spec, identity);
  }

  /** Gets ready and says so. It accepts when it is told to. */
  static Worker start(LaunchSpec spec, Supervision supervision) throws StartFailure, IOException {
    ConnectionHandler handler = HandlerLoader.load(spec.application());
    Worker worker =
        new Worker(spec, handler, AcceptGate.open(spec.accept(), adoptListeners(spec), LOCK_PATH));
    var _ = Signals.handle(Signum.TERM, new Leave(worker, supervision));
    Scoreboard scoreboard = Scoreboard.open(LaunchSpec.SCOREBOARD_PATH, true);
    worker.prepareThreads(supervision, scoreboard);
    worker.startThreads();
    supervision.report(WorkerReport.Kind.READY, "");
    return worker;
  }

  /** Before ready: a spare that is promoted then has its threads at the gate already. */
  private void startThreads() {
    for (Thread thread : helperThreads) {
      thread.start();
    }
    for (Thread thread : acceptThreads) {
      thread.start();
    }
  }

  /**
   * Does what the supervisor says.
   *
   * @return false if it is to drain
   */
  boolean obey(String command) {
    if (command.equals(LaunchSpec.ACCEPT_COMMAND)) {
      gate.letIn();
    } else if (command.equals(LaunchSpec.REOPEN_COMMAND)) {
      reopenLog();
    } else if (command.startsWith(LaunchSpec.LATE_COMMAND)) {
      int lane = Integer.parseInt(command.substring(LaunchSpec.LATE_COMMAND.length()));
      Thread late = acceptThreads.get(lane);
      daemon(new TellLate(handler, late), "prefork-late-" + lane).start();
    } else {
      return false;
    }
    return true;
  }

  /** The application's own code: it may hang, and must not hold up the commands. */
  private record TellLate(ConnectionHandler handler, Thread thread) implements Runnable {
    @Override
    public void run() {
      handler.late(thread);
    }
  }

  private static List<ServerSocketChannel> adoptListeners(LaunchSpec spec) {
    List<ServerSocketChannel> listeners = new ArrayList<>();
    for (StandardProtocolFamily family : spec.listeners()) {
      listeners.add(
          InheritedDescriptors.serverChannel(
              LaunchSpec.FIRST_LISTENER_FD + listeners.size(), family));
    }
    return listeners;
  }

  private void prepareThreads(Supervision supervision, Scoreboard scoreboard) {
    Recycling recycling = new Recycling(spec.maxRequests(), supervision);
    DeadlineWatch watch = new DeadlineWatch(spec.concurrency());
    HeapReturn heap = new HeapReturn();
    helperThreads.add(daemon(watch, "prefork-deadlines"));
    helperThreads.add(daemon(heap, "prefork-heap"));
    if (accessLog != null) {
      helperThreads.add(daemon(accessLog, "prefork-access-log"));
      Runtime.getRuntime().addShutdownHook(new Thread(new CloseLog(accessLog)));
    }
    for (int i = 0; i < spec.concurrency(); i++) {
      AcceptLoop loop =
          new AcceptLoop(
              gate,
              handler,
              watch,
              scoreboard,
              i,
              identity,
              spec.connectionTimeout().toMillis(),
              recycling,
              heap,
              accessLog);
      acceptThreads.add(daemon(loop, "prefork-accept-" + i));
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Opens the access log anew, if there is one. */
  private void reopenLog() {
    if (accessLog != null) {
      accessLog.reopen();
    }
  }

  /** A worker that drains may still log for a while, and its log be renamed meanwhile. */
  void obeyWhileDraining(Supervision supervision) {
    if (accessLog != null) {
      daemon(new LateCommands(this, supervision), "prefork-commands").start();
    }
  }

  /**
   * Accepts no more and waits for the open connections, for no longer than the bound: the
   * supervisor kills at that time, and without a supervisor the worker ends by itself.
   *
   * @return how it went
   */
  ExitStatus drain() throws IOException {
    synchronized (this) {
      if (!draining) {
        draining = true;
        gate.close();
        daemon(new HaltAt(spec.stopTimeout().toMillis()), "prefork-halt").start();
      }
    }
    try {
      return gate.awaitServed(spec.stopTimeout().toMillis()) ? ExitStatus.OK : ExitStatus.FAILED;
    } catch (InterruptedException e) {
      return ExitStatus.FAILED;
    }
  }

  /** TERM from outside: drain as if the supervisor had asked, and tell it. */
  private record Leave(Worker worker, Supervision supervision) implements Runnable {
    @Override
    public void run() {
      supervision.report(WorkerReport.Kind.LEAVING, "TERM");
      try {
        System.exit(worker.drain().code());
      } catch (IOException e) {
        System.exit(ExitStatus.FAILED.code());
      }
    }
  }

  /** A drain that is under way takes one more command. */
  private record LateCommands(Worker worker, Supervision supervision) implements Runnable {
    @Override
    public void run() {
      while (supervision.nextCommand().equals(LaunchSpec.REOPEN_COMMAND)) {
        worker.reopenLog();
      }
    }
  }

  /** Whatever ends the JVM in order, the lines that were gathered get written. */
  private record CloseLog(AccessLog accessLog) implements Runnable {
    private static final long PATIENCE_MS = 400;

    @Override
    public void run() {
      try {
        accessLog.close(PATIENCE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The last bound: shutdown hooks of the application may hang. */
  private record HaltAt(long millis) implements Runnable {
    private static final long HOOKS_MS = 500;

    @Override
    public void run() {
      try {
        Thread.sleep(millis + HOOKS_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Runtime.getRuntime().halt(ExitStatus.FAILED.code());
    }
  }
}
