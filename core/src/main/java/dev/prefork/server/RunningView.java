package dev.prefork.server;

import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.WorkerDeath;
import dev.prefork.admin.AdminView;
import dev.prefork.coroner.DeathRegister;
import dev.prefork.monitor.Monitor;
import dev.prefork.monitor.Timings;
import dev.prefork.supervisor.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running server, as the admin listener sees it.
 *
 * @param supervisor whose loop is to answer
 * @param monitor what is known
 * @param register the deaths
 */
record RunningView(Supervisor supervisor, Monitor monitor, DeathRegister register)
    implements AdminView {
  @Override
  public ServerSnapshot snapshot() {
    return monitor.snapshot();
  }

  @Override
  public ServerHistory history() {
    return monitor.history();
  }

  @Override
  public List<WorkerDeath> deaths() {
    return register.last().reversed();
  }

  @Override
  public Map<WorkerDeath.Cause, Long> deathsByCause() {
    return register.byCause();
  }

  @Override
  public Timings requestTimes() {
    return monitor.requestTimes();
  }

  @Override
  public Timings startTimes() {
    return monitor.startTimes();
  }

  @Override
  public boolean answers(Duration bound) {
    try {
      supervisor.ping().get(bound.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("a ping never fails", e); // cannot happen
    }
  }
}
