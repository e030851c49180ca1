package dev.prefork.server;

import dev.prefork.config.Options;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.posix.AppendedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses an access log that can't be written, before anything is spawned; makes a missing one.
 * Named pipes and devices are left to the workers: opening one may wait for its reader.
 */
final class AccessLogCheck {
  private AccessLogCheck() {}

  static void require(ServerConfig config) {
    config
        .accessLog()
        .filter(target -> !target.equals(LaunchSpec.INHERITED_LOG))
        .ifPresent(target -> require(Path.of(target)));
  }

  private static void require(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      return;
    }
    try (var _ = AppendedFile.openConfigured(file, "access log", Options.ACCESS_LOG.name())) {
      // it can be written
    } catch (IOException e) {
      throw new UncheckedIOException("closing a file that nobody wrote does not fail", e);
    }
  }
}
