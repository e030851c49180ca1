package dev.prefork.cli.operate;

import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.WorkerMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a worker of old still lives: its number may long be another process's. */
final class Whereabouts {
  private static final String MAIN = "dev.prefork.worker.WorkerMain";

  private Whereabouts() {}

  static String of(Worker worker) {
    return worker.identity().pid() == 0
        ? ""
        : of(worker.identity(), Path.of("/proc/" + worker.identity().pid()));
  }

  /**
   * By its command line, on which a worker's slot and generation stand; a command's by its
   * environment.
   */
  static String of(WorkerIdentity worker, Path process) {
    List<String> arguments;
    try {
      String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      arguments = List.of(line.split("\0"));
    } catch (IOException e) {
      return "[gone]";
    }
    boolean itself =
        arguments.contains(MAIN)
            && arguments.contains("-Dprefork.worker=" + worker.slot())
            && arguments.contains("-Dprefork.generation=" + worker.generation());
    return itself || WorkerMark.isOn(process.toString(), worker)
        ? "[alive]"
        : "[gone; its pid is another process now]";
  }
}
