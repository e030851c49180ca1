package dev.prefork.log;

import dev.prefork.posix.AppendedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A log in a file. While it can't be written (disk full), somebody is told so, once. */
public final class LogFile implements LogOutput, AutoCloseable {
  private final String name;
  private final Path path;
  private final Consumer<String> complaints;
  private FileChannel file;
  private long lost;

  /**
   * Opens the file, or makes it.
   *
   * @param name what it is, for complaints: {@code log file}
   * @param option that names it
   * @param complaints where to say what goes wrong with it later
   * @throws dev.prefork.PreforkException (configuration) if that can't be done
   */
  public LogFile(String name, Path path, String option, Consumer<String> complaints) {
    this.name = name;
    this.path = path.toAbsolutePath();
    this.complaints = complaints;
    this.file = AppendedFile.openConfigured(this.path, name, option);
  }

  @Override
  public void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (lost > 0) {
        complaints.accept(lost + " lines for the " + name + " " + path + " were lost");
        lost = 0;
      }
    } catch (IOException e) {
      if (lost++ == 0) {
        complain("could not write", e);
      }
    }
  }

  @Override
  public void reopen() {
    try {
      FileChannel renewed = AppendedFile.open(path);
      file.close();
      file = renewed;
    } catch (IOException e) {
      complain("could not reopen", e); // the old one goes on
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      complain("could not close", e);
    }
  }

  private void complain(String what, IOException e) {
    complaints.accept(what + " the " + name + " " + path + ": " + AppendedFile.reason(e));
  }
}
