package dev.prefork.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A JVM's threads, by HotSpot's attach mechanism: a file asks for it, QUIT makes the JVM look, and
 * it opens a socket that answers. QUIT without the file would print the dump among all else that
 * the worker prints, with no mark of its end.
 */
public final class ThreadDump {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_LENGTH = 1 << 20;
  private static final long LOOK_AGAIN_MS = 5;
  private static final Path TEMPORARY = Path.of("/tmp"); // HotSpot's word, whatever TMPDIR says

  private final long pid;
  private final LongConsumer quit;
  private final long deadlineNs;
  private final Path socket;

  /**
   * Prepares one.
   *
   * @param quit has QUIT sent to a process
   * @param deadlineNs when to give up, {@link System#nanoTime}
   */
  public ThreadDump(long pid, LongConsumer quit, long deadlineNs) {
    this.pid = pid;
    this.quit = quit;
    this.deadlineNs = deadlineNs;
    this.socket = TEMPORARY.resolve(".java_pid" + pid);
  }

  /**
   * Asks for it.
   *
   * @return as the JVM prints it
   * @throws IOException saying why there is none
   */
  public String take() throws IOException {
    char state = state();
    if (state == 'T' || state == 't') {
      throw new IOException("the process is stopped: continue it with kill -CONT " + pid);
    }
    try {
      return ask();
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "its JVM did not answer in time: it reaches no safepoint or gets no processor; if it"
              + " refuses to be attached to, the dump stands in the server's log");
    }
  }

  /** Its letter, proc(5); a name may hold spaces and parentheses. */
  private char state() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private String ask() throws IOException {
    if (Files.exists(socket)) {
      try {
        return converse();
      } catch (ConnectException e) {
        Files.delete(socket); // left by a process that had the same number
      }
    }
    openSocket();
    return converse();
  }

  private void openSocket() throws IOException {
    Path wish = Path.of("/proc/" + pid + "/cwd/.attach_pid" + pid);
    try {
      make(wish);
    } catch (IOException e) {
      wish = TEMPORARY.resolve(".attach_pid" + pid); // the second place where a JVM looks
      make(wish);
    }
    try {
      quit.accept(pid);
      while (!Files.exists(socket)) {
        if (System.nanoTime() >= deadlineNs) {
          throw new SocketTimeoutException("no socket");
        }
        Thread.sleep(LOOK_AGAIN_MS);
      }
    } catch (InterruptedException e) {
      throw new IOException("the server is stopping");
    } finally {
      Files.deleteIfExists(wish);
    }
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // left behind by somebody else who wanted to attach
    }
  }

  private String converse() throws IOException {
    if (!Files.getOwner(socket).equals(Files.getOwner(Path.of("/proc/self")))) {
      throw new IOException(socket + " belongs to another user");
    }
    try (LineChannel lines =
        new LineChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)), MAX_LINE)) {
      lines.send("1\0threaddump\0-l\0\0\0", left());
      String status = lines.read(left());
      if (!"0".equals(status)) {
        throw new IOException("its JVM refused: " + status);
      }
      StringBuilder dump = new StringBuilder();
      for (String line = lines.read(left());
          line != null && dump.length() < MAX_LENGTH;
          line = lines.read(left())) {
        dump.append(line).append('\n');
      }
      return dump.toString();
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
  }
}
