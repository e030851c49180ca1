package dev.prefork.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.posix.ControlGroups;
import dev.prefork.posix.ControlGroups.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control group of a test, of either version, below the one of this process or below one around
 * it: version 2 has none below a group with processes of its own. What still runs in it at the end
 * moves to where this process is.
 */
public final class ControlGroup implements AutoCloseable {
  private static final String PROCESSES = "cgroup.procs";
  private static final AtomicInteger MADE = new AtomicInteger();

  private final Path folder;
  private final Path origin;

  private ControlGroup(Path folder, Path origin) {
    this.folder = folder;
    this.origin = origin;
  }

  /** One for the memory of its processes; where none may be made, the test is given up. */
  public static ControlGroup forMemory() {
    return make("memory", "memory.limit_in_bytes", "memory.max");
  }

  /** One for the number of its processes; where none may be made, the test is given up. */
  public static ControlGroup forProcesses() {
    return make("pids", "pids.max", "pids.max");
  }

  private static ControlGroup make(String controller, String limit1, String limit2) {
    Optional<ControlGroup> made =
        ControlGroups.ofThisProcess()
            .of(controller)
            .flatMap(own -> below(own, own.unified() ? limit2 : limit1));
    assumeThat(made).as("this user may make a control group for " + controller).isPresent();
    return made.orElseThrow();
  }

  /**
   * Below the nearest group that lets us.
   *
   * @param limit a file that a group with the controller has
   */
  private static Optional<ControlGroup> below(Group own, String limit) {
    String name = "prefork-test-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
    for (String parent : own.folders()) {
      Path folder = Path.of(parent, name);
      if (couldMake(folder, limit)) {
        return Optional.of(new ControlGroup(folder, Path.of(own.folders().getFirst())));
      }
    }
    return Optional.empty();
  }

  private static boolean couldMake(Path folder, String limit) {
    try {
      Files.createDirectory(folder);
      if (Files.isWritable(folder.resolve(limit))) {
        return true;
      }
      Files.delete(folder);
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** What stands before a command line so that the command runs in here. */
  public List<String> entering() {
    String enter = "echo $$ > '" + folder.resolve(PROCESSES) + "' && exec \"$@\"";
    return List.of("sh", "-c", enter, "sh");
  }

  /** Allows all in here so many bytes, in memory: nothing is swapped out instead. */
  public void limitMemory(long bytes) {
    String most = Long.toString(bytes);
    if (has("memory.max")) {
      writeIfThere("memory.swap.max", "0");
      write("memory.max", most);
    } else {
      write("memory.limit_in_bytes", most);
      writeIfThere("memory.memsw.limit_in_bytes", most);
    }
  }

  /** Allows so many processes, threads included; what there is above that goes on. */
  public void limitProcesses(int most) {
    write("pids.max", Integer.toString(most));
  }

  private boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  private void writeIfThere(String file, String text) {
    if (has(file)) {
      write(file, text);
    }
  }

  private void write(String file, String text) {
    try {
      var _ = Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Await.until("an empty control group", this::remove);
  }

  private boolean remove() {
    try {
      for (String pid : Files.readAllLines(folder.resolve(PROCESSES))) {
        var _ = Files.writeString(origin.resolve(PROCESSES), pid);
      }
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      return false; // one has just begun, or ended
    }
  }
}
