package dev.prefork.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/** A directory that this user alone may write to: what stands in it was put there by ourselves. */
public final class PrivateDirectory {
  private PrivateDirectory() {}

  /** Makes it with mode 0700, and what is above it, if it is missing. */
  public static void make(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Says why an existing directory is none; empty if it is one. A link is none. */
  public static String objection(Path directory) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.owner().equals(me())) {
      return "it belongs to " + attributes.owner() + ", not to " + me();
    }
    boolean othersWrite =
        attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    return !attributes.isDirectory() || othersWrite
        ? "it must be a directory that you alone may write to (chmod 700)"
        : "";
  }

  /** The user that this process runs as. */
  public static UserPrincipal me() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }
}
