package dev.prefork.accept;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A record lock, fcntl(2) F_SETLKW, by {@link FileChannel#lock()}. It belongs to the process, so
 * the threads of one worker exclude each other by a lock of Java's before it. The process loses it
 * when any descriptor of the file closes: none is closed while the worker lives.
 */
final class FcntlLock implements AcceptLock {
  private final FileChannel channel;
  private final ReentrantLock threads = new ReentrantLock();
  private @Nullable FileLock held;

  /**
   * Opens the lock.
   *
   * @param path the lock file, the same for all workers
   */
  @SuppressWarnings("resource") // the channel closes the file
  FcntlLock(String path) throws IOException {
    this.channel = new RandomAccessFile(path, "rw").getChannel();
  }

  @Override
  public boolean acquire() throws IOException {
    threads.lock();
    try {
      held = channel.lock();
      return true;
    } catch (ClosedChannelException e) {
      threads.unlock();
      return false;
    } catch (IOException | RuntimeException e) {
      threads.unlock();
      throw e;
    }
  }

  @Override
  public void release() throws IOException {
    try {
      if (held != null && channel.isOpen()) {
        held.release();
      }
    } catch (ClosedChannelException e) {
      // closing released the lock
    } finally {
      held = null;
      threads.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
