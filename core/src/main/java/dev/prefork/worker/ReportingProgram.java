package dev.prefork.worker;

import dev.prefork.PreforkWorker;
import dev.prefork.WorkerIdentity;
import dev.prefork.accept.AccessLog;
import dev.prefork.accept.Recycling;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.Pid;
import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a program reports of its requests, to the scoreboard and the access log. Each request takes
 * a lane while one is free; one that finds none is counted at its end, and not shown. Scoreboard
 * and log are opened by the first request: most programs report nothing.
 */
public final class ReportingProgram implements PreforkWorker {
  /** Only the supervisor bounds such a request: its lane's own deadline never comes. */
  private static final long NO_DEADLINE_NS = TimeUnit.DAYS.toNanos(365);

  private static final int FAILURE = 500;

  private final LaunchSpec spec;
  private final Supervision supervision;
  private final WorkerIdentity identity;
  private final List<SocketAddress> listeners;
  private final Recycling recycling;
  private final Readiness readiness = new Readiness();
  private final Deque<Lane> free = new ArrayDeque<>();
  private @Nullable Lane first;
  private @Nullable AccessLog accessLog;
  private boolean lanesOpened;
  private boolean reports;
  private @Nullable Lane stuck;
  private volatile boolean draining;

  /** A program that has reported nothing yet. */
  public ReportingProgram(LaunchSpec spec, Supervision supervision, List<SocketAddress> listeners) {
    this.spec = spec;
    this.supervision = supervision;
    this.listeners = List.copyOf(listeners);
    this.identity = new WorkerIdentity(spec.slot(), spec.generation(), Pid.self().value());
    this.recycling = new Recycling(spec.maxRequests(), supervision);
  }

  @Override
  public WorkerIdentity identity() {
    return identity;
  }

  @Override
  public List<SocketAddress> listeners() {
    return listeners;
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public Runnable holdReady() {
    return readiness.hold();
  }

  /**
   * The worker listens everywhere: tells the supervisor that it is ready, as soon as the program
   * does not hold that back.
   *
   * @return whether it does
   */
  public boolean listens() {
    return readiness.listens(() -> supervision.report(WorkerReport.Kind.READY, ""));
  }

  @Override
  public void failed(String why) {
    supervision.report(WorkerReport.Kind.FAILED, why);
  }

  /** The worker is to go: from now on no line of the access log waits for others. */
  public synchronized void drain() {
    draining = true;
    if (accessLog != null) {
      accessLog.hurry();
    }
  }

  /** Opens the access log anew, if there is one. */
  public synchronized void reopenLog() {
    if (accessLog != null) {
      accessLog.reopen();
    }
  }

  /**
   * A thread of a program that reports nothing is stuck with what a peer has asked: that takes a
   * lane, as a request would, but is not counted.
   *
   * @param label names the thread
   * @param sinceNs since when ({@link System#nanoTime}), or earlier
   */
  public synchronized void stuck(SocketAddress peer, String label, long sinceNs) {
    openLanes();
    if (!reports && stuck == null) {
      stuck = free.poll();
    }
    if (stuck != null) {
      stuck.beginRequest(peer, label, sinceNs, sinceNs + NO_DEADLINE_NS);
    }
  }

  /** No thread is stuck, or none any more. */
  public synchronized void notStuck() {
    if (stuck != null) {
      stuck.dismiss();
      free.push(stuck);
      stuck = null;
    }
  }

  @Override
  public synchronized Served begin(SocketAddress peer, String label) {
    open();
    long nowNs = System.nanoTime();
    Lane lane = free.poll();
    if (lane != null) {
      lane.beginRequest(peer, label, nowNs, nowNs + NO_DEADLINE_NS);
    }
    return new Reported(peer, label, nowNs, lane);
  }

  private void open() {
    if (reports) {
      return;
    }
    reports = true; // and so knows better who is stuck
    notStuck();
    openLanes();
    AccessLog log = AccessLogs.open(spec, identity);
    if (log != null) {
      Thread.ofPlatform().daemon().name("prefork-access-log").start(log);
      Runtime.getRuntime().addShutdownHook(new Thread(log::hurry));
      accessLog = log;
    }
  }

  private void openLanes() {
    if (lanesOpened) {
      return;
    }
    lanesOpened = true;
    try {
      Scoreboard scoreboard = Scoreboard.open(LaunchSpec.SCOREBOARD_PATH, true);
      for (int i = 0; i < scoreboard.lanes(); i++) {
        free.add(scoreboard.lane(identity.slot(), i));
      }
      first = free.peek();
    } catch (IOException e) {
      System.err.println("could not open the scoreboard: " + e.getMessage());
    }
  }

  private synchronized void end(Reported request, int status, long received, long sent) {
    long nowNs = System.nanoTime();
    Lane lane = request.lane == null ? first : request.lane;
    if (lane != null && status >= FAILURE) {
      lane.failed(request.label + ": " + status);
    }
    if (request.lane != null) {
      request.lane.end(nowNs, received, sent);
      free.push(request.lane);
    } else if (lane != null) {
      lane.count(nowNs - request.startNs);
    }
    recycling.served();
    if (accessLog != null) {
      String outcome = status == 0 ? "reset" : Integer.toString(status);
      accessLog.add(request.peer, request.label, received, sent, nowNs - request.startNs, outcome);
    }
  }

  /** One request, and the lane that it has, if it has one. */
  private final class Reported implements Served {
    private final SocketAddress peer;
    private final String label;
    private final long startNs;
    private final @Nullable Lane lane;
    private boolean ended;

    Reported(SocketAddress peer, String label, long startNs, @Nullable Lane lane) {
      this.peer = peer;
      this.label = label;
      this.startNs = startNs;
      this.lane = lane;
    }

    @Override
    public void end(int status, long received, long sent) {
      synchronized (ReportingProgram.this) {
        if (!ended) {
          ended = true;
          ReportingProgram.this.end(this, status, received, sent);
        }
      }
    }
  }
}
