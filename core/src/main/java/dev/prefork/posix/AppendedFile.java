package dev.prefork.posix;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Log files: several processes append to one, and each write of whole lines stays whole. */
public final class AppendedFile {
  private AppendedFile() {}

  /**
   * Opens a file for appending (O_APPEND, open(2)); a missing one is made with mode 0640, less the
   * umask. Waits for a reader if it is a named pipe.
   *
   * @throws IOException if it can't be opened or made
   */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
  }

  /**
   * Opens a log that somebody has configured.
   *
   * @param name what it is, for the refusal: {@code slow log}
   * @param option that names the file
   * @throws PreforkException (configuration) if that can't be done
   */
  public static FileChannel openConfigured(Path file, String name, String option) {
    try {
      return open(file);
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.CONFIGURATION,
          "could not open the "
              + name
              + " "
              + file
              + ": "
              + reason(e)
              + "; choose another file with "
              + option);
    }
  }

  /** Why a file or folder could not be made, opened or written, for people. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something else is there";
    }
    String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
