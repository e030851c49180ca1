package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.AppendedFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The log in a file. While it can't be written (disk full), standard error says so, once. */
final class LogFile implements LogOutput {
  private final Path path;
  private final PrintStream complaints;
  private FileChannel file;
  private long lost;

  /**
   * Opens the file, or makes it.
   *
   * @param complaints where to say what goes wrong with it later
   * @throws PreforkException (configuration) if that can't be done
   */
  LogFile(Path path, PrintStream complaints) {
    this.path = path.toAbsolutePath();
    this.complaints = complaints;
    try {
      this.file = AppendedFile.open(this.path);
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.CONFIGURATION,
          "could not open the log file "
              + this.path
              + ": "
              + AppendedFile.reason(e)
              + "; choose another with --log-file");
    }
  }

  @Override
  public void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (lost > 0) {
        complaints.println("prefork: " + lost + " lines for the log file " + path + " were lost");
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

  private void complain(String what, IOException e) {
    complaints.println(
        "prefork: " + what + " the log file " + path + ": " + AppendedFile.reason(e));
  }
}
