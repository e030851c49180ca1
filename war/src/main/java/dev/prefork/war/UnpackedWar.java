package dev.prefork.war;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A WAR unpacked once for all workers of a server, which then share its pages. The first one that
 * needs it unpacks it, the others wait. A file that has been replaced is another WAR: new workers
 * take it, and when no old one is left, what they used is deleted.
 */
final class UnpackedWar {
  /** More than any honest application; a bomb must not fill the disk. */
  private static final long MAX_BYTES = 4L << 30;

  private static final String PREFIX = "war-";

  private UnpackedWar() {}

  /**
   * Returns its directory, which stays as long as this process lives.
   *
   * @throws WarException if the WAR can't be unpacked
   */
  static Path of(Path war, Path work) throws WarException, IOException {
    Files.createDirectories(work);
    try (FileChannel lock = openLock(work.resolve("lock"));
        FileLock _ = lock.lock()) {
      BasicFileAttributes attributes = Files.readAttributes(war, BasicFileAttributes.class);
      Path directory =
          work.resolve(PREFIX + attributes.size() + "-" + attributes.lastModifiedTime().toMillis());
      keep(directory);
      if (!Files.exists(directory)) {
        deleteUnused(work, directory);
        Path unfinished = work.resolve("unfinished");
        deleteTree(unfinished);
        unpack(war, unfinished);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
      }
      return directory;
    } catch (ZipException e) {
      throw new WarException("could not unpack " + war + ": " + e.getMessage());
    }
  }

  private static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Held until this process ends, however it does. */
  @SuppressWarnings("resource")
  private static void keep(Path directory) throws IOException {
    try {
      var _ = openLock(useOf(directory)).lock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException e) {
      // this process holds it already
    }
  }

  private static Path useOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".use");
  }

  private static void deleteUnused(Path work, Path mine) throws IOException {
    try (DirectoryStream<Path> uses = Files.newDirectoryStream(work, PREFIX + "*.use")) {
      for (Path use : uses) {
        if (!use.equals(useOf(mine))) {
          deleteUnused(use);
        }
      }
    }
  }

  private static void deleteUnused(Path use) throws IOException {
    try (FileChannel channel = openLock(use);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        deleteTree(Path.of(use.toString().replaceFirst("\\.use$", "")));
        Files.delete(use);
      }
    } catch (OverlappingFileLockException e) {
      return; // this process uses it
    }
  }

  private static void unpack(Path war, Path directory) throws IOException, WarException {
    Files.createDirectories(directory);
    long left = MAX_BYTES;
    try (ZipFile zip = new ZipFile(war.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new WarException(war + " has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          left -= copy(zip, entry, target, left);
        }
        if (left <= 0) {
          throw new WarException(war + " is more than " + (MAX_BYTES >> 30) + " GiB unpacked");
        }
      }
    }
  }

  private static long copy(ZipFile zip, ZipEntry entry, Path target, long most) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long copied = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      int count = in.read(buffer);
      while (count > 0 && copied < most) {
        out.write(buffer, 0, count);
        copied += count;
        count = in.read(buffer);
      }
    }
    return copied;
  }

  /** Deletes a folder and all in it; links are deleted, not followed. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    var _ =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                  throws IOException {
                if (failure != null) {
                  throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
