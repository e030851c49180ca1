package dev.prefork.jdkhttp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Knows how many bytes were written, and tells before it is closed. For one thread at a time. */
final class CountedOutput extends FilterOutputStream {
  private final Runnable beforeClose;
  private long count;

  /** Closing runs {@code beforeClose}, each time. */
  CountedOutput(OutputStream out, Runnable beforeClose) {
    super(out);
    this.beforeClose = beforeClose;
  }

  long count() {
    return count;
  }

  @Override
  public void write(int value) throws IOException {
    super.write(value);
    count++;
  }

  /** All at once; the class above would write them one by one. */
  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    count += length;
  }

  @Override
  public void close() throws IOException {
    beforeClose.run();
    super.close();
  }
}
