package dev.prefork.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedWarTest {
  @TempDir private Path folder;
  private Path war = Path.of("not made yet");
  private Path work = Path.of("not made yet");

  @BeforeEach
  void choose() {
    war = folder.resolve("shop.war");
    work = folder.resolve("work");
  }

  private void write(long second, String... names) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.setLastModifiedTime(war, FileTime.fromMillis(second * 1_000));
  }

  @Test
  void itIsUnpackedOnceForAll() throws Exception {
    write(1, "WEB-INF/", "WEB-INF/web.xml", "a/b.txt");
    Path first = UnpackedWar.of(war, work);
    Path mark = Files.createFile(first.resolve("mark"));
    assertThat(UnpackedWar.of(war, work)).isEqualTo(first);
    assertThat(mark).exists();
    assertThat(first.resolve("a/b.txt")).hasContent("a/b.txt");
    assertThat(first.resolve("WEB-INF/web.xml")).exists();
  }

  @Test
  void aReplacedFileIsAnotherWarAndTheOldOneStaysWhileItIsUsed() throws Exception {
    write(1, "old.txt");
    Path old = UnpackedWar.of(war, work);
    write(2, "new.txt");
    assertThat(UnpackedWar.of(war, work).resolve("new.txt")).exists();
    assertThat(old.resolve("old.txt")).exists();
  }

  @Test
  void whatNobodyUsesIsDeleted() throws Exception {
    Path stale = Files.createDirectories(work.resolve("war-1-1/deep"));
    Files.createFile(work.resolve("war-1-1.use"));
    write(1, "new.txt");
    var _ = UnpackedWar.of(war, work);
    assertThat(stale.getParent()).doesNotExist();
    assertThat(work.resolve("war-1-1.use")).doesNotExist();
  }

  @Test
  void whatWasLeftUnfinishedIsBegunAnew() throws Exception {
    Files.createDirectories(work.resolve("unfinished"));
    Files.createFile(work.resolve("unfinished/half"));
    write(1, "whole.txt");
    Path whole = UnpackedWar.of(war, work);
    assertThat(whole.resolve("whole.txt")).exists();
    assertThat(whole.resolve("half")).doesNotExist();
  }

  @Test
  void nothingIsWrittenOutside() throws IOException {
    write(1, "../evil.txt");
    assertThatThrownBy(() -> UnpackedWar.of(war, work))
        .isInstanceOf(WarException.class)
        .hasMessageContaining("outside of itself: ../evil.txt");
    assertThat(work.resolve("evil.txt")).doesNotExist();
  }

  @Test
  void whatIsNoZipIsRefused() throws IOException {
    Files.writeString(war, "no zip file");
    assertThatThrownBy(() -> UnpackedWar.of(war, work))
        .isInstanceOf(WarException.class)
        .hasMessageContaining("could not unpack " + war);
  }
}
