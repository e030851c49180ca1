package dev.prefork.server;

import dev.prefork.ServerEvent;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.WorkerIdentity;
import dev.prefork.control.ThreadDump;
import dev.prefork.coroner.Coroner;
import dev.prefork.monitor.Consequences;
import dev.prefork.supervisor.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the monitor sees, to the supervisor, to the coroner and to those who listen. */
final class Operations implements Consequences {
  /** A dump that is not there by then says less and less about the request that was late. */
  private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(1);

  private static final int DUMPS_AT_ONCE = 4;
  private static final int DUMPS_WAITING = 100;

  private final Supervisor supervisor;
  private final Coroner coroner;
  private final Consumer<ServerEvent> publisher;
  private final ExecutorService dumps =
      new ThreadPoolExecutor(
          DUMPS_AT_ONCE,
          DUMPS_AT_ONCE,
          1,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(DUMPS_WAITING),
          Thread.ofPlatform().daemon().name("prefork-slow-", 0).factory());

  Operations(Supervisor supervisor, Coroner coroner, Consumer<ServerEvent> publisher) {
    this.supervisor = supervisor;
    this.coroner = coroner;
    this.publisher = publisher;
  }

  @Override
  public void recycle(WorkerIdentity worker, String reason) {
    supervisor.recycle(worker, reason);
  }

  @Override
  public void late(WorkerIdentity worker, int lane, Request request, String text) {
    supervisor.late(worker, lane);
    try {
      dumps.execute(() -> tell(worker, request, text, dump(worker)));
    } catch (RejectedExecutionException e) {
      tell(worker, request, text, "(no thread dump: " + DUMPS_WAITING + " others wait for theirs)");
    }
  }

  private void tell(WorkerIdentity worker, Request request, String text, String dump) {
    publisher.accept(new ServerEvent.RequestLate(worker, request, text, dump));
  }

  private String dump(WorkerIdentity worker) {
    try {
      long deadlineNs = System.nanoTime() + DUMP_TIMEOUT.toNanos();
      String dump = new ThreadDump(worker.pid(), supervisor::quit, deadlineNs).take();
      coroner.keepDump(worker.pid(), dump);
      return dump;
    } catch (IOException e) {
      return "(no thread dump: " + e.getMessage() + ")";
    }
  }

  @Override
  public void overdue(WorkerIdentity worker, String request) {
    supervisor.overdue(worker, request);
  }

  @Override
  public void silent(WorkerIdentity worker, String reason) {
    supervisor.silent(worker, reason);
  }

  @Override
  public void unreported(String warning) {
    publisher.accept(new ServerEvent.Message(ServerEvent.Level.WARNING, warning));
  }

  @Override
  public void load(int idle, int queued) {
    supervisor.load(idle, queued);
  }
}
