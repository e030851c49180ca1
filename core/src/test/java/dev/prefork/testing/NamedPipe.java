package dev.prefork.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A named pipe (fifo(7)) whose reader is stuck until the test says otherwise. */
public final class NamedPipe implements AutoCloseable {
  private final RandomAccessFile pipe;
  private final StringBuilder received = new StringBuilder();

  /** Makes the pipe, and holds both ends of it: writers neither wait for a reader nor fail. */
  public NamedPipe(Path path) throws IOException {
    assertThat(Processes.succeeds("mkfifo", path.toString())).as("mkfifo " + path).isTrue();
    this.pipe = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Begins to read. */
  public void read() {
    Thread.ofPlatform().daemon().start(this::readOn);
  }

  private void readOn() {
    byte[] chunk = new byte[64 * 1024];
    try {
      while (true) {
        add(new String(chunk, 0, pipe.read(chunk), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      add(e.toString()); // the test has ended
    }
  }

  private synchronized void add(String text) {
    received.append(text);
  }

  /** What has come so far. */
  public synchronized String received() {
    return received.toString();
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
