package dev.prefork.aot;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Signum;
import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.LineBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The processes of one training, one after the other, each watched until it has ended. */
final class TrainingProcesses implements AutoCloseable {
  private static final int CHUNK = 4 * 1024;
  private static final int LAST_LINES = 3;
  private static final long FOR_EVER = -1;

  private final Posix posix;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private long deadlineNs;
  private @Nullable Pid current;
  private boolean closed;

  TrainingProcesses(Posix posix, Duration bound) {
    this.posix = posix;
    within(bound);
  }

  /** Gives those that are still to end so long from now on. */
  final void within(Duration bound) {
    deadlineNs = System.nanoTime() + bound.toNanos();
  }

  /**
   * Spawns a process that says nothing but to people, and waits for it.
   *
   * @param spawn is given where it writes to
   * @throws TrainingTimeout if it was not done in time; it has been killed
   */
  WaitStatus run(Function<Fd, Pid> spawn) throws TrainingTimeout {
    Posix.Pipe output = posix.pipe();
    try (Fd readEnd = output.readEnd()) {
      Pid pid;
      try (Fd writeEnd = output.writeEnd()) {
        pid = spawn.apply(writeEnd);
      }
      posix.setBlocking(readEnd, false);
      return await(pid, Map.of(readEnd, this::remember));
    }
  }

  /**
   * Waits for a worker.
   *
   * @throws TrainingTimeout if it was not done in time; it has been killed
   */
  WaitStatus await(Pid pid, Fd output, Fd reports, Consumer<String> reported)
      throws TrainingTimeout {
    return await(pid, Map.of(output, this::remember, reports, reported));
  }

  private WaitStatus await(Pid pid, Map<Fd, Consumer<String>> readers) throws TrainingTimeout {
    lastLines.clear();
    begin(pid);
    Map<Fd, LineBuffer> open = new HashMap<>();
    readers.forEach((fd, lines) -> open.put(fd, new LineBuffer(lines)));
    try (Fd exit = posix.watch(pid)) {
      Optional<WaitStatus> end = Optional.empty();
      boolean late = false;
      while (end.isEmpty()) {
        long remainingNs = deadlineNs - System.nanoTime();
        if (!late && remainingNs <= 0) {
          late = true;
          kill(pid);
        }
        List<Fd> awaited = new ArrayList<>(open.keySet());
        awaited.add(exit);
        for (Fd fd : posix.awaitReadable(awaited, late ? FOR_EVER : remainingNs)) {
          LineBuffer lines = open.get(fd);
          if (lines == null) {
            end = collect(pid);
          } else if (!read(fd, lines)) {
            open.remove(fd);
          }
        }
      }
      open.forEach(this::readAll);
      if (late) {
        throw new TrainingTimeout();
      }
      return end.get();
    }
  }

  private void readAll(Fd fd, LineBuffer lines) {
    boolean more = true;
    while (more) {
      more = read(fd, lines);
    }
    lines.end();
  }

  /** Reads one chunk; false if there is none now, or any more. */
  private boolean read(Fd fd, LineBuffer lines) {
    byte[] chunk = new byte[CHUNK];
    int count = posix.read(fd, chunk);
    if (count > 0) {
      lines.add(chunk, count);
    }
    return count > 0;
  }

  private void remember(String line) {
    if (lastLines.size() == LAST_LINES) {
      lastLines.removeFirst();
    }
    lastLines.add(line);
  }

  /** What the last process said last. */
  String lastWords() {
    return String.join("; ", lastLines);
  }

  private synchronized void begin(Pid pid) {
    current = pid;
    if (closed) {
      kill(pid);
    }
  }

  private synchronized Optional<WaitStatus> collect(Pid pid) {
    Optional<WaitStatus> end = posix.reap(pid);
    if (end.isPresent()) {
      current = null;
    }
    return end;
  }

  private void kill(Pid pid) {
    var _ = posix.kill(pid, Signum.KILL);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Kills the one that runs, and those to come. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      kill(current);
    }
  }
}
