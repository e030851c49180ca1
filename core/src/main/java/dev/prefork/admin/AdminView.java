package dev.prefork.admin;

import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.WorkerDeath;
import dev.prefork.monitor.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the admin listener wants to know of its server; asked from several threads. */
public interface AdminView {
  /** All that is known at this moment. */
  ServerSnapshot snapshot();

  /** The last quarter of an hour. */
  ServerHistory history();

  /** The last deaths, the latest first. */
  List<WorkerDeath> deaths();

  /** How many workers have ended since the start, by cause; a cause that is missing had none. */
  Map<WorkerDeath.Cause, Long> deathsByCause();

  /** How long requests took since the start. */
  Timings requestTimes();

  /** How long workers took to get ready. */
  Timings startTimes();

  /** Whether the supervisor's loop takes an event in time; waits for that long at most. */
  boolean answers(Duration bound);
}
