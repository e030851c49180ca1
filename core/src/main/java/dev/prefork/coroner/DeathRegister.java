package dev.prefork.coroner;

import dev.prefork.WorkerDeath;
import dev.prefork.control.DeathJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificates of one server: the last in memory, more in a file of JSON lines. */
public final class DeathRegister {
  /** What the file is called in the runtime directory; a full one is kept as {@code .1}. */
  public static final String FILE = "deaths.jsonl";

  private static final int MAX_IN_MEMORY = 200;
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Optional<Path> file;
  private final ArrayDeque<WorkerDeath> last = new ArrayDeque<>();
  private final Map<WorkerDeath.Cause, Long> byCause = new EnumMap<>(WorkerDeath.Cause.class);

  /** Of a server with or without a runtime directory. */
  public DeathRegister(Optional<Path> runtimeDirectory) {
    this.file = runtimeDirectory.map(directory -> directory.resolve(FILE));
  }

  /** Enters one. A file that can't be written is left: the certificate stands in the log too. */
  public void enter(WorkerDeath death) {
    synchronized (this) {
      byCause.merge(death.cause(), 1L, Long::sum);
      last.add(death);
      if (last.size() > MAX_IN_MEMORY) {
        last.remove();
      }
    }
    file.ifPresent(path -> append(path, DeathJson.line(death)));
  }

  private static void append(Path path, String line) {
    try {
      if (Files.exists(path) && Files.size(path) > MAX_FILE_BYTES) {
        Path old = path.resolveSibling(FILE + ".1");
        var _ = Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
      }
      var _ =
          Files.writeString(
              path,
              line + "\n",
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      return;
    }
  }

  /** The last 200, the oldest first. */
  public synchronized List<WorkerDeath> last() {
    return List.copyOf(last);
  }

  /** How many of each cause since the start. */
  public synchronized Map<WorkerDeath.Cause, Long> byCause() {
    return Map.copyOf(byCause);
  }
}
