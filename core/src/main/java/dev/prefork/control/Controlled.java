package dev.prefork.control;

import dev.prefork.ServerStatus;
import dev.prefork.json.JsonWriter;

/** What the control socket may ask of its server: from any thread, and nothing of it waits. */
public interface Controlled {
  /** What is wanted and what there is, as the supervisor knows it. */
  ServerStatus status();

  /** The most workers that may be wanted. */
  int maxWorkers();

  /** Writes all that is known of this moment, as a value. */
  void writeSnapshot(JsonWriter out);

  /** Writes so many of the last seconds, as a value. */
  void writeHistory(JsonWriter out, int seconds);

  /** Writes what is known of the last deaths of workers, as a value. */
  void writeDeaths(JsonWriter out);

  /** Wants just so many workers. */
  void resize(int workers, String origin);

  /** Wants another worker in this slot. */
  void retire(int slot, String origin);

  /** Whether the workers are JVMs, whose threads can be seen. */
  boolean hasJvms();

  /** Wants a worker's JVM to be sent QUIT: it then lets somebody attach, or prints its threads. */
  void quit(long pid);

  /** Wants the log files to be opened anew. */
  void reopenLogs(String origin);

  /** Wants a graceful stop. */
  void stop(String origin);

  /** Wants an immediate stop. */
  void stopNow(String origin);
}
