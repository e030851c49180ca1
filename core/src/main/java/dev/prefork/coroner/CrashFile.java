package dev.prefork.coroner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The JVM's reports on native crashes, in a directory of their own, bounded in number. */
final class CrashFile {
  /** An hs_err file has some 100 KiB. */
  private static final int MAX_FILES = 20;

  private static final String FRAME_TITLE = "# Problematic frame:";
  private static final int MAX_LINES = 60;

  private CrashFile() {}

  static Optional<Path> of(Path directory, long pid) {
    Path file = directory.resolve("hs_err_" + pid + ".log");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** The frame in which the crash happened, {@code C [libc.so.6+0x3a]}; empty if it is not told. */
  static String problematicFrame(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      List<String> head = lines.limit(MAX_LINES).toList();
      int title = head.indexOf(FRAME_TITLE);
      return title < 0 || title + 1 == head.size()
          ? ""
          : head.get(title + 1).replaceFirst("^# *", "").replaceAll(" +", " ");
    } catch (IOException e) {
      return "";
    }
  }

  /** Deletes the oldest, so that a worker which always crashes does not fill the disk. */
  static void prune(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "hs_err_*.log")) {
      found.forEach(files::add);
      files.sort(Comparator.comparing(CrashFile::age));
      for (Path file : files.subList(0, Math.max(0, files.size() - MAX_FILES))) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // there is no such directory yet, or somebody else cleans it up
    }
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
