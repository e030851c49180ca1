package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
  private static final String SELF = ProcessHandle.current().pid() + "\n";

  @TempDir private Path temporary;

  private static RuntimeDirectory acquire(Path directory) {
    return RuntimeDirectory.acquire(Posix.system(), directory);
  }

  private static void assertRefused(Path directory, ExitStatus status, String... parts) {
    assertThatThrownBy(() -> acquire(directory))
        .hasMessageContainingAll(parts)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(status);
  }

  @Test
  void theDirectoryIsMadeForItsOwnerAloneAndHoldsThePid() throws IOException {
    Path directory = temporary.resolve("a/b");
    try (RuntimeDirectory owned = acquire(directory)) {
      assertThat(owned).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(directory.resolve("pid")).hasContent(SELF);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("pid"))))
          .isEqualTo("rw-------");
    }
    assertThat(directory.resolve("pid")).doesNotExist();
    assertThat(directory).exists();
  }

  @Test
  void aSecondOwnerIsRefusedAndTouchesNothing() {
    try (RuntimeDirectory owned = acquire(temporary)) {
      assertThat(owned).isNotNull();
      assertRefused(
          temporary,
          ExitStatus.TRY_AGAIN,
          "a server already runs in " + temporary,
          "process " + SELF.trim());
      assertThat(temporary.resolve("pid")).hasContent(SELF);
    }
  }

  @Test
  void afterTheOwnerHasGoneTheNextOneComes() {
    for (int i = 0; i < 3; i++) {
      try (RuntimeDirectory owned = acquire(temporary)) {
        assertThat(owned).isNotNull();
        assertThat(temporary.resolve("pid")).hasContent(SELF);
      }
    }
  }

  @Test
  void aStaleNumberDeceivesNobodyEvenIfItIsOurOwn() throws IOException {
    Files.writeString(temporary.resolve("pid"), SELF.trim() + "0000000 and more");

    try (RuntimeDirectory owned = acquire(temporary)) {
      assertThat(owned).isNotNull();
      assertThat(temporary.resolve("pid")).hasContent(SELF);
    }
  }

  @Test
  void aDirectoryThatOthersMayWriteToIsRefused() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwx---"));

    assertRefused(temporary, ExitStatus.CONFIGURATION, temporary.toString(), "chmod 700");
    assertThat(temporary.resolve("pid")).doesNotExist();
  }

  @Test
  void aDirectoryThatOthersMayReadIsFine() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));

    try (RuntimeDirectory owned = acquire(temporary)) {
      assertThat(owned).isNotNull();
      assertThat(temporary.resolve("pid")).exists();
    }
  }

  @Test
  void aLinkIsRefusedWhoeverMadeIt() throws IOException {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);

    assertRefused(link, ExitStatus.CONFIGURATION, link.toString());
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceIsRefusedWithTheNextStep() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertRefused(file, ExitStatus.CONFIGURATION, file.toString(), "runtime-dir");
    assertRefused(file.resolve("below"), ExitStatus.CONFIGURATION, "runtime-dir");
  }

  @Test
  void aPidThatIsNoFileIsRefused() throws IOException {
    Files.createDirectory(temporary.resolve("pid"));

    assertRefused(temporary, ExitStatus.CONFIGURATION, "pid", "runtime-dir");
  }
}
