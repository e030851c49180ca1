package dev.prefork.accept;

import dev.prefork.posix.AppendedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the access log goes. What fails is said once, and tried again with the next lines. */
final class AccessLogFile {
  private static final String STANDARD_OUTPUT = "standard output";

  private final @Nullable Path path;
  private @Nullable WritableByteChannel channel;
  private String lastComplaint = "";

  AccessLogFile(String path) {
    this.path = Path.of(path);
  }

  AccessLogFile(WritableByteChannel channel) {
    this.path = null;
    this.channel = channel;
  }

  /**
   * Writes lines, in pieces of whole lines.
   *
   * @return how many of them were lost
   */
  long write(byte[] lines, int size) {
    int start = 0;
    try {
      while (start < size) {
        int end = endOfPiece(lines, start, size);
        ByteBuffer piece = ByteBuffer.wrap(lines, start, end - start);
        while (piece.hasRemaining()) {
          if (open().write(piece) == 0) {
            Thread.sleep(1); // somebody has made the shared descriptor non-blocking
          }
        }
        start = end;
      }
      lastComplaint = "";
      return 0;
    } catch (IOException e) {
      complain("could not write", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return linesIn(lines, start, size);
  }

  /** Whole lines of at most MAX_WRITE bytes; no line is longer. */
  private static int endOfPiece(byte[] lines, int start, int size) {
    int end = Math.min(start + AccessLog.MAX_WRITE, size);
    while (lines[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static long linesIn(byte[] lines, int start, int size) {
    long count = 0;
    for (int i = start; i < size; i++) {
      count += lines[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private WritableByteChannel open() throws IOException {
    WritableByteChannel opened = channel;
    if (opened == null && path != null) {
      opened = AppendedFile.open(path);
      channel = opened;
    }
    if (opened == null) {
      throw new IOException("it is closed");
    }
    return opened;
  }

  /** Opens the path anew; if that can't be done, the old file stays. */
  void reopen() {
    if (path == null) {
      return;
    }
    WritableByteChannel old = channel;
    try {
      channel = AppendedFile.open(path);
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      complain("could not reopen", e);
    }
  }

  private void complain(String what, IOException e) {
    String complaint = what + " " + this + ": " + AppendedFile.reason(e);
    if (!complaint.equals(lastComplaint)) {
      System.err.println(complaint);
      lastComplaint = complaint;
    }
  }

  @Override
  public String toString() {
    return "the access log " + (path == null ? STANDARD_OUTPUT : path);
  }
}
