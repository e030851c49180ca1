package dev.prefork.worker;

import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import dev.prefork.WorkerIdentity;
import dev.prefork.accept.AcceptGate;
import dev.prefork.accept.AcceptLoop;
import dev.prefork.accept.DeadlineWatch;
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

/** A worker's life: construct the handler, adopt the listeners, say ready, serve, drain. */
final class Worker {
  private static final String LOCK_PATH = "/proc/self/fd/" + LaunchSpec.LOCK_FD;
  private static final String SCOREBOARD_PATH = "/proc/self/fd/" + LaunchSpec.SCOREBOARD_FD;

  private final LaunchSpec spec;
  private final AcceptGate gate;
  private boolean draining;

  private Worker(LaunchSpec spec, AcceptGate gate) {
    this.spec = spec;
    this.gate = gate;
  }

  /** Gets ready, says so, and begins to accept. */
  static Worker start(LaunchSpec spec, Supervision supervision) throws StartFailure, IOException {
    ConnectionHandler handler = HandlerLoader.load(spec.application());
    Worker worker =
        new Worker(spec, AcceptGate.open(spec.accept(), adoptListeners(spec), LOCK_PATH));
    var _ = Signals.handle(Signum.TERM, new Leave(worker, supervision));
    Scoreboard scoreboard = Scoreboard.open(SCOREBOARD_PATH, true);
    List<Thread> threads = worker.prepareThreads(handler, scoreboard);
    supervision.report(WorkerReport.Kind.READY, "");
    for (Thread thread : threads) {
      thread.start();
    }
    return worker;
  }

  private static List<ServerSocketChannel> adoptListeners(LaunchSpec spec) {
    List<ServerSocketChannel> listeners = new ArrayList<>();
    for (boolean ipv6 : spec.listeners()) {
      listeners.add(
          InheritedDescriptors.serverChannel(
              LaunchSpec.FIRST_LISTENER_FD + listeners.size(),
              ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET));
    }
    return listeners;
  }

  private List<Thread> prepareThreads(ConnectionHandler handler, Scoreboard scoreboard) {
    WorkerIdentity identity =
        new WorkerIdentity(spec.slot(), spec.generation(), Pid.self().value());
    DeadlineWatch watch = new DeadlineWatch(spec.concurrency());
    List<Thread> threads = new ArrayList<>();
    threads.add(daemon(watch, "prefork-deadlines"));
    for (int i = 0; i < spec.concurrency(); i++) {
      AcceptLoop loop =
          new AcceptLoop(
              gate, handler, watch, scoreboard, i, identity, spec.connectionTimeout().toMillis());
      threads.add(daemon(loop, "prefork-accept-" + i));
    }
    return threads;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
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
