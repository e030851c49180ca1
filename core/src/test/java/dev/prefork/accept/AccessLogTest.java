package dev.prefork.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import dev.prefork.testing.Await;
import dev.prefork.testing.NamedPipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final int PATIENCE_MS = 20_000;

  @TempDir private Path folder;

  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private Path path = Path.of("");

  AccessLogTest() {
    System.setErr(new PrintStream(complaints, true, UTF_8));
  }

  @BeforeEach
  void choose() {
    path = folder.resolve("access.log");
  }

  @AfterEach
  void restore() {
    System.setErr(realErr);
  }

  private static AccessLog start(Path file) {
    AccessLog log = AccessLog.toFile(file.toString(), LogFormat.TEXT, new WorkerIdentity(0, 1, 1));
    Thread.ofPlatform().daemon().start(log);
    return log;
  }

  private static void add(AccessLog log, String line) {
    log.add(new StringBuilder(line).append('\n'));
  }

  private List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  @Test
  void linesAreWrittenSoonWithoutFurtherOnes() {
    AccessLog log = start(path);
    add(log, "one");
    add(log, "two");

    Await.until(
        "both lines", () -> Files.exists(path) && path.toFile().length() == "one\ntwo\n".length());
    assertThat(path).hasContent("one\ntwo\n");
  }

  @Test
  void closingWritesWhatWasGatheredAndWaitsForIt() throws Exception {
    AccessLog log = start(path);
    for (int i = 0; i < 100; i++) {
      add(log, "line " + i);
    }
    log.close(PATIENCE_MS);

    assertThat(lines(path)).hasSize(100).endsWith("line 99");
    assertThat(complaints.toString(UTF_8)).isEmpty();
  }

  @Test
  void linesAreUtf8() throws Exception {
    AccessLog log = start(path);
    add(log, "größer 𝄞");
    log.close(PATIENCE_MS);

    assertThat(path).hasContent("größer 𝄞\n");
  }

  @Test
  void reopeningWritesTheOldLinesToTheOldFile() throws Exception {
    AccessLog log = start(path);
    add(log, "first");
    Await.until("the file", () -> Files.exists(path));
    Path old = Files.move(path, folder.resolve("access.log.1"));
    add(log, "second");
    log.reopen();
    Await.until("the new file", () -> Files.exists(path));
    add(log, "third");
    log.close(PATIENCE_MS);

    assertThat(lines(old)).containsExactly("first", "second");
    assertThat(lines(path)).containsExactly("third");
  }

  @Test
  void aPathThatCanNotBeReopenedLeavesTheOldFile() throws Exception {
    AccessLog log = start(path);
    add(log, "first");
    Await.until("the file", () -> Files.exists(path));
    Path old = Files.move(path, folder.resolve("access.log.1"));
    Files.createDirectory(path);
    log.reopen();
    add(log, "second");
    log.close(PATIENCE_MS);

    assertThat(lines(old)).containsExactly("first", "second");
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("could not reopen the access log " + path + ": Is a directory\n");
  }

  @Test
  void linesThatAFullDiskRefusesAreCounted() throws Exception {
    AccessLog log = start(Path.of("/dev/full"));
    add(log, "one");
    add(log, "two");
    log.close(PATIENCE_MS);

    assertThat(complaints.toString(UTF_8).lines())
        .containsExactly(
            "could not write the access log /dev/full: No space left on device",
            "2 lines for the access log /dev/full were dropped");
  }

  @Test
  void aStuckReaderCostsLinesThatAreCountedAndNoTime() throws Exception {
    String line = "x".repeat(99);
    int added = 10_000; // far more than the pipe and both buffers hold
    try (NamedPipe pipe = new NamedPipe(path)) {
      AccessLog log = start(path);
      for (int i = 0; i < added; i++) {
        add(log, line); // a stuck one would never return
      }
      pipe.read();
      log.close(PATIENCE_MS);
      int kept = added - dropped();

      assertThat(kept).isBetween(AccessLog.BUFFER_SIZE / 100, 4 * AccessLog.BUFFER_SIZE / 100);
      Await.until("what was kept", () -> pipe.received().length() == kept * (line.length() + 1));
      assertThat(pipe.received().lines()).allMatch(line::equals);
      assertThat(complaints.toString(UTF_8))
          .startsWith("the access log " + path + " takes lines too slowly");
    }
  }

  private int dropped() {
    return Pattern.compile("(\\d+) lines for .* were dropped")
        .matcher(complaints.toString(UTF_8))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .sum();
  }

  @Test
  void writesAreWholeLinesOfNoMoreThanAPipeTakesAtOnce() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    AccessLogFile file =
        new AccessLogFile(
            new WritableByteChannel() {
              @Override
              public int write(ByteBuffer piece) {
                int size = piece.remaining();
                assertThat(piece.get(piece.limit() - 1)).isEqualTo((byte) '\n');
                piece.position(piece.limit());
                sizes.add(size);
                return size;
              }

              @Override
              public boolean isOpen() {
                return true;
              }

              @Override
              public void close() {}
            });
    byte[] lines = ("x".repeat(1_499) + "\n").repeat(5).getBytes(US_ASCII);

    assertThat(file.write(lines, lines.length)).isZero();
    assertThat(sizes).containsExactly(3_000, 3_000, 1_500);
  }
}
