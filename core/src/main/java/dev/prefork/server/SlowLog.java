package dev.prefork.server;

import dev.prefork.LogFormat;
import dev.prefork.ServerEvent;
import dev.prefork.config.Options;
import dev.prefork.log.LogFile;
import dev.prefork.log.LogLines;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Late requests in a file of their own. Its own thread writes it: a slow disk holds up neither the
 * server nor its log, but costs entries, which are counted in their place.
 */
final class SlowLog implements AutoCloseable {
  private static final long LAST_ENTRIES_MS = 1_000;

  private final EventQueue queue = new EventQueue("prefork-slow-log", List.of(this::write));
  private final LogFile file;
  private final LogLines lines;
  private Consumer<String> complaints = text -> {};

  /**
   * Opens it, or makes it; {@link #start} begins to write.
   *
   * @throws dev.prefork.PreforkException (configuration) if that can't be done
   */
  SlowLog(Path path, LogFormat format) {
    this.file = new LogFile("slow log", path, Options.SLOW_LOG.name(), this::complain);
    this.lines = LogLines.of(format);
  }

  /**
   * Begins to write.
   *
   * @param newComplaints where to say what goes wrong with the file
   */
  void start(Consumer<String> newComplaints) {
    complaints = newComplaints;
    queue.start();
  }

  /** Takes what concerns it. Never waits. */
  void tell(ServerEvent event) {
    if (event instanceof ServerEvent.RequestLate || event instanceof ServerEvent.LogsReopened) {
      queue.offer(event);
    }
  }

  private void write(ServerEvent event) {
    if (event instanceof ServerEvent.LogsReopened) {
      file.reopen(); // in its turn: what came before stands in the old file
      return;
    }
    String line = lines.line(InstantSource.system().instant(), event);
    if (line != null) {
      file.write(line);
    }
  }

  private void complain(String text) {
    complaints.accept(text);
  }

  /** Writes what is left, but does not wait for a disk that is stuck, nor close its file. */
  @Override
  public void close() {
    if (queue.close(LAST_ENTRIES_MS)) {
      file.close();
    }
  }
}
