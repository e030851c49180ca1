package dev.prefork.server;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.coroner.Coroner;
import dev.prefork.posix.AppendedFile;
import dev.prefork.posix.Errno;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.PrivateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server's own directory. Whoever holds the lock on its {@code pid} file owns it, for as long as
 * it lives: after kill -9 the lock is free at once, and a number left in the file deceives nobody
 * (in a container it is often our own).
 */
final class RuntimeDirectory implements AutoCloseable {
  private final Path pidFile;
  private final Fd lock;

  private RuntimeDirectory(Path pidFile, Fd lock) {
    this.pidFile = pidFile;
    this.lock = lock;
  }

  /**
   * Takes a directory, made with mode 0700 if it is missing.
   *
   * @throws PreforkException (try again) if another server owns it, or its disk is full;
   *     (configuration) if it can't be made, belongs to another user, or others may write to it.
   *     What another server has there is not touched then.
   */
  static RuntimeDirectory acquire(Posix posix, Path directory) {
    try {
      PrivateDirectory.make(directory);
      String objection = PrivateDirectory.objection(directory);
      if (!objection.isEmpty()) {
        throw refused(directory, objection);
      }
      Files.createDirectories(directory.resolve(Coroner.CRASH_DIRECTORY));
    } catch (IOException e) {
      String reason = AppendedFile.reason(e);
      // The JDK gives no number; in another language it counts as any other reason.
      boolean full = reason.equals(Errno.ENOSPC.text());
      throw refused(directory, "could not make it: " + reason, full);
    }
    Path pidFile = directory.resolve("pid");
    while (true) {
      Fd lock = open(posix, pidFile);
      if (!posix.tryLock(lock)) {
        lock.close();
        throw alreadyOwned(directory, pidFile);
      }
      if (isStill(lock, pidFile)) {
        RuntimeDirectory taken = new RuntimeDirectory(pidFile, lock);
        taken.writePid(posix);
        return taken;
      }
      lock.close(); // its last owner deleted it between our open and our lock
    }
  }

  private static Fd open(Posix posix, Path pidFile) {
    try {
      return posix.open(pidFile);
    } catch (PosixException e) {
      throw refused(pidFile, e);
    }
  }

  private static PreforkException refused(Path path, String why) {
    return refused(path, why, false);
  }

  private static PreforkException refused(Path path, PosixException e) {
    return refused(path, String.valueOf(e.getMessage()), e.errno().equals(Errno.ENOSPC));
  }

  /**
   * Says why not.
   *
   * @param full whether room is all that is missing: the same may work later
   */
  private static PreforkException refused(Path path, String why, boolean full) {
    return new PreforkException(
        full ? ExitStatus.TRY_AGAIN : ExitStatus.CONFIGURATION,
        "could not use the runtime directory "
            + path
            + ": "
            + why
            + (full ? "; make room there, or " : "; ")
            + "choose another with runtime-dir");
  }

  private static PreforkException alreadyOwned(Path directory, Path pidFile) {
    String holder;
    try {
      holder = "process " + Files.readString(pidFile).trim();
    } catch (IOException e) {
      holder = "another process";
    }
    return new PreforkException(
        ExitStatus.TRY_AGAIN,
        "a server already runs in "
            + directory
            + " ("
            + holder
            + "): stop it, or give this one another name or runtime-dir");
  }

  private static boolean isStill(Fd lock, Path pidFile) {
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/" + lock.number()), pidFile);
    } catch (IOException e) {
      return false;
    }
  }

  private void writePid(Posix posix) {
    try {
      posix.truncate(lock);
      var _ = posix.write(lock, (Pid.self() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (PosixException e) {
      close();
      throw refused(pidFile, e);
    }
  }

  /** Deletes the pid file and gives the directory back. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      // left behind without its lock, it stops nobody
    }
    lock.close();
  }
}
