package dev.prefork.posix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the kernel tells in small files: proc(5), sysfs(5), cgroups(7). */
public final class SmallFile {
  private SmallFile() {}

  /** Its text without the last line's end; empty if it can't be read. */
  public static Optional<String> read(String path) {
    // Not Files.readString: of a file that claims to be empty it first takes one byte, and the
    // kernel tells a number of /proc/sys to the first read alone.
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
