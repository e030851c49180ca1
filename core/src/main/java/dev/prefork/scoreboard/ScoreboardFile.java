package dev.prefork.scoreboard;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scoreboard as its supervisor holds it.
 *
 * @param file to be inherited by workers
 * @param scoreboard its contents
 */
public record ScoreboardFile(Fd file, Scoreboard scoreboard) implements AutoCloseable {
  /** What the file is called in the runtime directory. */
  public static final String NAME = "scoreboard";

  /**
   * Makes a new scoreboard. One that a former supervisor left behind is unlinked: workers that
   * still drain go on writing theirs.
   *
   * @param directory where the file stands; empty for memory that ends with its last user
   * @throws PreforkException (try again) if the file could not be made
   */
  public static ScoreboardFile create(Posix posix, Optional<Path> directory, int slots, int lanes) {
    Path path = directory.map(folder -> folder.resolve(NAME)).orElse(null);
    Fd file = null;
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
      file = path == null ? posix.memoryFile("prefork-" + NAME) : posix.open(path);
      String opened = "/proc/self/fd/" + file.number();
      return new ScoreboardFile(file, Scoreboard.create(opened, slots, lanes));
    } catch (IOException | PosixException e) {
      giveBack(path, file);
      throw new PreforkException(
          ExitStatus.TRY_AGAIN,
          "could not make the scoreboard"
              + (path == null ? "" : " " + path)
              + ": "
              + e.getMessage()
              + "; it needs a little room in the runtime directory");
    }
  }

  /** What does not fit must not fill the disk as well. */
  private static void giveBack(@Nullable Path path, @Nullable Fd file) {
    if (file != null) {
      file.close();
    }
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // the next start deletes it, or says why not
    }
  }

  /** Lets go of the file; who has mapped it keeps it. */
  @Override
  public void close() {
    file.close();
  }
}
