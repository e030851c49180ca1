package dev.prefork.launch;

import dev.prefork.config.ServerConfig;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import java.util.Map;

/** Spawns the workers of one server. */
public interface Launcher extends AutoCloseable {
  /**
   * Prepares to spawn.
   *
   * @param scoreboard the scoreboard's file; closed with the launcher
   * @param environment the supervisor's, from which the workers' is made
   * @throws dev.prefork.PreforkException (usage) if the options for the workers' JVM conflict
   */
  static Launcher of(
      Posix posix,
      ServerConfig config,
      Listeners listeners,
      Fd scoreboard,
      Map<String, String> environment) {
    return config.application().isCommand()
        ? new CommandLauncher(posix, config.application(), listeners, scoreboard, environment)
        : new WorkerLauncher(posix, config, listeners, scoreboard, environment);
  }

  /**
   * Spawns a worker.
   *
   * @throws dev.prefork.posix.PosixException if no process or descriptor is to be had now; nothing
   *     is left behind
   */
  WorkerProcess spawn(int slot, int generation);

  /** Closes what the workers-to-be would inherit; living workers keep theirs. */
  @Override
  void close();
}
