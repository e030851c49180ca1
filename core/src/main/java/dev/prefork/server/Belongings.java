package dev.prefork.server;

import dev.prefork.admin.AdminServer;
import dev.prefork.aot.UnpackedProgram;
import dev.prefork.config.ServerConfig;
import dev.prefork.control.SocketFile;
import dev.prefork.launch.Launcher;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Posix;
import dev.prefork.scoreboard.ScoreboardFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server takes from the machine before its first worker: all of it, or nothing.
 *
 * @param directory its runtime directory; null for none
 * @param controlFile its control socket; null for none
 * @param slowLog its slow log; null for none
 * @param listeners where clients connect
 * @param admin its admin listener; null for none
 * @param scoreboard what its workers do
 * @param program what its workers run
 * @param launcher spawns its workers
 * @param taken all of these, in the order in which they were taken
 */
record Belongings(
    @Nullable RuntimeDirectory directory,
    @Nullable SocketFile controlFile,
    @Nullable SlowLog slowLog,
    Listeners listeners,
    @Nullable AdminServer admin,
    ScoreboardFile scoreboard,
    UnpackedProgram program,
    Launcher launcher,
    List<AutoCloseable> taken) {

  /**
   * Takes it.
   *
   * @throws dev.prefork.PreforkException saying what is not to be had; what was taken is given back
   */
  static Belongings take(Posix posix, ServerConfig config) {
    List<AutoCloseable> taken = new ArrayList<>();
    try {
      RuntimeDirectory directory =
          keep(
              taken,
              config
                  .runtimeDirectory()
                  .map(path -> RuntimeDirectory.acquire(posix, path))
                  .orElse(null));
      SocketFile controlFile =
          keep(taken, config.runtimeDirectory().map(SocketFile::open).orElse(null));
      SlowLog slowLog =
          keep(
              taken,
              config.slowLog().map(path -> new SlowLog(path, config.logFormat())).orElse(null));
      Listeners listeners =
          Listeners.open(
              posix,
              config.listen(),
              config.backlog(),
              config.accept(),
              config.application().acceptsItself());
      taken.add(listeners);
      AdminServer admin = keep(taken, config.admin().map(AdminServer::open).orElse(null));
      ScoreboardFile scoreboard =
          ScoreboardFile.create(
              posix, config.runtimeDirectory(), config.pool().maxSlots(), config.concurrency());
      taken.add(scoreboard);
      UnpackedProgram program = UnpackedProgram.of(posix, config);
      taken.add(program);
      Launcher launcher =
          Launcher.of(posix, program.config(), listeners, scoreboard.file(), System.getenv());
      taken.add(launcher);
      return new Belongings(
          directory, controlFile, slowLog, listeners, admin, scoreboard, program, launcher, taken);
    } catch (RuntimeException e) {
      giveBack(taken);
      throw e;
    }
  }

  /** Gives all of it back: the server could not begin. */
  void giveBack() {
    giveBack(taken);
  }

  private static void giveBack(List<AutoCloseable> taken) {
    taken.reversed().forEach(Belongings::closeQuietly);
  }

  private static <T extends AutoCloseable> @Nullable T keep(
      List<AutoCloseable> taken, @Nullable T resource) {
    if (resource != null) {
      taken.add(resource);
    }
    return resource;
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new AssertionError("closing a descriptor does not fail", e); // cannot happen
    }
  }
}
