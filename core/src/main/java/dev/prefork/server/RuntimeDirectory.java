package dev.prefork.server;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.coroner.Coroner;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

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
   * @throws PreforkException (try again) if another server owns it; (configuration) if it can't be
   *     made, belongs to another user, or others may write to it. Nothing is touched then.
   */
  static RuntimeDirectory acquire(Posix posix, Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      checkOwner(directory);
      Files.createDirectories(directory.resolve(Coroner.CRASH_DIRECTORY));
    } catch (IOException e) {
      throw refused(directory, "could not make it: " + e);
    }
    Path pidFile = directory.resolve("pid");
    while (true) {
      Fd lock = open(posix, pidFile);
      if (!posix.tryLock(lock)) {
        lock.close();
        throw alreadyOwned(directory, pidFile);
      }
      if (isStill(lock, pidFile)) {
        writePid(posix, lock);
        return new RuntimeDirectory(pidFile, lock);
      }
      lock.close(); // its last owner deleted it between our open and our lock
    }
  }

  private static Fd open(Posix posix, Path pidFile) {
    try {
      return posix.open(pidFile);
    } catch (PosixException e) {
      throw refused(pidFile, String.valueOf(e.getMessage()));
    }
  }

  private static void checkOwner(Path directory) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipal me = Files.getOwner(Path.of("/proc/self"));
    if (!attributes.owner().equals(me)) {
      throw refused(directory, "it belongs to " + attributes.owner() + ", not to " + me);
    }
    boolean othersWrite =
        attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    if (!attributes.isDirectory() || othersWrite) {
      throw refused(directory, "it must be a directory that you alone may write to (chmod 700)");
    }
  }

  private static PreforkException refused(Path path, String why) {
    return new PreforkException(
        ExitStatus.CONFIGURATION,
        "could not use the runtime directory "
            + path
            + ": "
            + why
            + "; choose another with runtime-dir");
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

  private static void writePid(Posix posix, Fd lock) {
    posix.truncate(lock);
    var _ = posix.write(lock, (Pid.self() + "\n").getBytes(StandardCharsets.US_ASCII));
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
