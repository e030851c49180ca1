package dev.prefork.server;

import static dev.prefork.server.LateRequests.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.LogFormat;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.testing.Await;
import dev.prefork.testing.NamedPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowLogTest {
  @TempDir private Path folder;

  private final List<String> complaints = new ArrayList<>();

  private SlowLog start(Path file, LogFormat format) {
    SlowLog log = new SlowLog(file, format);
    log.start(complaints::add);
    return log;
  }

  private static List<String> entries(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> line.replaceFirst(".* is late: ", "")).toList();
    }
  }

  @Test
  void noEntryIsLostWhenTheFileIsRenamed() throws IOException {
    Path path = folder.resolve("slow.log");
    SlowLog log = start(path, LogFormat.TEXT);
    log.tell(late("one", "at a"));
    Path old = Files.move(path, folder.resolve("slow.log.1"));
    log.tell(late("two", "at b"));
    log.tell(new ServerEvent.LogsReopened("USR1"));
    log.tell(late("three", "at c"));
    log.close();

    assertThat(entries(old)).containsExactly("one", "  at a", "two", "  at b");
    assertThat(entries(path)).containsExactly("three", "  at c");
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingElseStandsInIt() {
    Path path = folder.resolve("slow.log");
    SlowLog log = start(path, LogFormat.TEXT);
    log.tell(new ServerEvent.Message(Level.INFO, "hello"));
    log.tell(new ServerEvent.Ready(1));
    log.close();

    assertThat(path).isEmptyFile();
  }

  @Test
  void itIsJsonIfTheOtherLogsAre() throws IOException {
    Path path = folder.resolve("slow.log");
    SlowLog log = start(path, LogFormat.JSON);
    log.tell(late("one", "at a"));
    log.close();

    assertThat(Files.readAllLines(path))
        .singleElement()
        .asString()
        .startsWith("{\"time\":\"")
        .endsWith("\"thread_dump\":\"at a\"}");
  }

  @Test
  void aStuckDiskCostsEntriesThatAreCountedAndNoTime() throws IOException {
    Path path = folder.resolve("slow.log");
    int told = 1_000;
    try (NamedPipe pipe = new NamedPipe(path)) {
      SlowLog log = start(path, LogFormat.TEXT);
      for (int i = 0; i < told; i++) {
        log.tell(late("one", "x".repeat(10_000))); // a stuck one would never return
      }
      pipe.read();
      Await.until(
          "the count", () -> pipe.received().contains(" WARNING ") && counted(pipe) == told);
      log.close();
    }
  }

  private static long counted(NamedPipe pipe) {
    long count = 0;
    for (String line : pipe.received().lines().toList()) {
      if (line.contains(" is late: one")) {
        count++;
      } else if (line.contains(" log lines were dropped here")) {
        count += Long.parseLong(line.split(" ", 4)[2]);
      }
    }
    return count;
  }

  @Test
  void whatGoesWrongWithTheFileIsSaid() {
    SlowLog log = start(Path.of("/dev/full"), LogFormat.TEXT);
    log.tell(late("one", "at a"));
    log.close();

    assertThat(complaints)
        .containsExactly("could not write the slow log /dev/full: No space left on device");
  }
}
