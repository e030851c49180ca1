package dev.prefork.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the kernel tells in small files: proc(5), sysfs(5), cgroups(7). */
public final class SmallFile {
  private SmallFile() {}

  /** Its text without the last line's end; empty if it can't be read. */
  public static Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path), StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
