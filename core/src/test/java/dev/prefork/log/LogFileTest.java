package dev.prefork.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder;

  private final List<String> complaints = new ArrayList<>();
  private Path path = Path.of("");

  @BeforeEach
  void choose() {
    path = folder.resolve("log");
  }

  private LogFile open(Path file) {
    return new LogFile("log file", file, "log-file", complaints::add);
  }

  @Test
  void linesAreAppendedToWhatIsThere() throws IOException {
    Files.writeString(path, "before\n");
    open(path).write("größer");

    assertThat(path).hasContent("before\ngrößer\n");
  }

  @Test
  void aNewFileIsReadableByOwnerAndGroupAlone() throws IOException {
    open(path).write("line");

    assertThat(Files.getPosixFilePermissions(path))
        .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
        .isSubsetOf(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ);
  }

  @Test
  void aRenamedFileIsWrittenUntilItIsReopened() throws IOException {
    LogFile log = open(path);
    log.write("one");
    Path old = Files.move(path, folder.resolve("log.1"));
    log.write("two");
    log.reopen();
    log.write("three");

    assertThat(old).hasContent("one\ntwo\n");
    assertThat(path).hasContent("three\n");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aFileThatCanNotBeReopenedGoesOn() throws IOException {
    LogFile log = open(path);
    Path old = Files.move(path, folder.resolve("log.1"));
    Files.createDirectory(path);
    log.reopen();
    log.write("still");

    assertThat(old).hasContent("still\n");
    assertThat(complaints)
        .containsExactly("could not reopen the log file " + path + ": Is a directory");
  }

  @Test
  void linesThatAFullDiskRefusesAreSaidOnce() {
    LogFile log = open(Path.of("/dev/full"));
    log.write("one");
    log.write("two");

    assertThat(complaints)
        .containsExactly("could not write the log file /dev/full: No space left on device");
  }

  @Test
  void aFileThatCanNotBeMadeIsRefused() {
    assertThatThrownBy(() -> open(folder.resolve("missing/log")))
        .isInstanceOf(PreforkException.class)
        .hasMessage(
            "could not open the log file "
                + folder
                + "/missing/log: its folder does not exist; choose another file with log-file");
  }
}
