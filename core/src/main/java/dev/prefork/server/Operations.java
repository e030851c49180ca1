package dev.prefork.server;

import dev.prefork.ServerEvent;
import dev.prefork.WorkerIdentity;
import dev.prefork.monitor.Consequences;
import dev.prefork.supervisor.Supervisor;
import java.util.function.Consumer;

/** What the monitor sees, to the supervisor and to those who listen. */
record Operations(Supervisor supervisor, Consumer<ServerEvent> publisher) implements Consequences {
  @Override
  public void recycle(WorkerIdentity worker, String reason) {
    supervisor.recycle(worker, reason);
  }

  @Override
  public void late(WorkerIdentity worker, int lane, String request) {
    supervisor.late(worker, lane);
    publisher.accept(new ServerEvent.RequestLate(worker, request));
  }

  @Override
  public void overdue(WorkerIdentity worker, String request) {
    supervisor.overdue(worker, request);
  }

  @Override
  public void load(int idle, int queued) {
    supervisor.load(idle, queued);
  }
}
