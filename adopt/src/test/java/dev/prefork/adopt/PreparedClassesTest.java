package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedClassesTest {
  private static final String PROPERTY = "prefork.caches";
  private static final byte[] CODE = {1, 2, 3};

  @TempDir private Path directory;

  @BeforeEach
  void keepHere() {
    System.setProperty(PROPERTY, directory.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().getFirst();
    }
  }

  @Test
  void whatIsKeptIsFoundAgain() throws IOException {
    assertThat(PreparedClasses.load()).isNull();
    new PreparedClasses(Map.of("a.B", CODE)).keep();
    PreparedClasses found = Objects.requireNonNull(PreparedClasses.load());
    assertThat(found.classes()).containsOnlyKeys("a.B");
    assertThat(found.classes().get("a.B")).containsExactly(CODE);
  }

  @Test
  void whatIsDamagedIsMadeAnew() throws IOException {
    new PreparedClasses(Map.of("a.B", CODE)).keep();
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      Files.write(file(), damaged);
      assertThat(PreparedClasses.load()).as("byte %d", i).isNull();
    }
    Files.write(file(), new byte[0]);
    assertThat(PreparedClasses.load()).isNull();
  }

  @Test
  void withoutAPlaceNothingIsKept() throws IOException {
    System.clearProperty(PROPERTY);
    new PreparedClasses(Map.of("a.B", CODE)).keep();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
    assertThat(PreparedClasses.load()).isNull();
  }
}
