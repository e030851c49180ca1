package dev.prefork.cli.doctor;

import dev.prefork.posix.InheritedDescriptors;
import dev.prefork.posix.Posix;
import dev.prefork.posix.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine that we are on. */
final class ThisMachine implements Machine {
  private static final int PATIENCE_S = 5;

  private final Map<String, String> environment;

  ThisMachine(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Optional<String> read(String path) {
    return SmallFile.read(path);
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Optional<String> unitProperty(String unit, String property) {
    try {
      Process systemctl =
          new ProcessBuilder("systemctl", "show", "--property", property, "--value", unit)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!systemctl.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        systemctl.destroyForcibly();
        return Optional.empty();
      }
      byte[] printed = systemctl.getInputStream().readAllBytes(); // far less than a pipe holds
      String value = new String(printed, StandardCharsets.UTF_8).strip();
      return systemctl.exitValue() == 0 && !value.isEmpty() ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public JavaFacts java() {
    Path archive = Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa");
    return new JavaFacts(
        Runtime.version().feature(),
        ModuleLayer.boot().findModule("jdk.unsupported").isPresent(),
        InheritedDescriptors.fitThisJdk(),
        Files.exists(archive),
        Posix.class.getModule().isNativeAccessEnabled());
  }
}
