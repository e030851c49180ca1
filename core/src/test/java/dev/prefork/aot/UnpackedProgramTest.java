package dev.prefork.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.Configs;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

class UnpackedProgramTest {
  private static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-4.1.2.jar";

  @TempDir private Path temporary;
  private Path caches = Path.of("not made yet");

  @BeforeEach
  void make() {
    caches = temporary.resolve("caches");
  }

  private Path jar(String... entries) throws IOException {
    return jarOf(JarLauncher.class.getName(), entries);
  }

  private Path jarOf(String mainClass, String... entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    String launcher = JarLauncher.class.getName().replace('.', '/') + ".class";
    Path jar = temporary.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream to = new JarOutputStream(out, manifest);
        InputStream bytes = JarLauncher.class.getResourceAsStream("/" + launcher)) {
      to.putNextEntry(new JarEntry(launcher));
      Objects.requireNonNull(bytes).transferTo(to);
      for (String entry : entries) {
        to.putNextEntry(new JarEntry(entry));
      }
    }
    return jar;
  }

  private ServerConfig config(Path jar) {
    return Configs.ofProgram(jar, Optional.of(caches), List.of("--port=8080"));
  }

  private static UnpackedProgram unpacked(ServerConfig config) {
    return UnpackedProgram.of(Posix.system(), config);
  }

  private static Path program(UnpackedProgram unpacked) {
    return Path.of(unpacked.config().application().name());
  }

  private static Path folder(UnpackedProgram unpacked) {
    return Objects.requireNonNull(program(unpacked).getParent());
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(caches)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void age(Path folder, Duration age) throws IOException {
    Instant old = Instant.now().minus(age);
    Files.setLastModifiedTime(folder, FileTime.from(old));
  }

  private static void assertRunsAsItIs(ServerConfig config) {
    try (UnpackedProgram unpacked = unpacked(config)) {
      assertThat(unpacked.config()).isSameAs(config);
      assertThat(unpacked.note()).isNull();
    }
  }

  @Test
  void workersRunWhatTheToolsOfTheJarMake() throws IOException {
    ServerConfig config = config(jar(TOOLS));
    try (UnpackedProgram unpacked = unpacked(config)) {
      assertThat(unpacked.config().application().arguments()).containsExactly("--port=8080");
      assertThat(program(unpacked)).hasFileName("app.jar").isRegularFile();
      assertThat(Files.readString(program(unpacked))).startsWith("extract --destination " + caches);
      assertThat(Objects.requireNonNull(unpacked.note()).level()).isEqualTo(ServerEvent.Level.INFO);
    }
    assertThat(kept()).hasSize(1).allMatch(name -> name.matches("app-[0-9a-f]{16}\\.unpacked"));
  }

  @Test
  void theSameContentsAreUnpackedOnce() throws IOException {
    Path program;
    try (UnpackedProgram first = unpacked(config(jar(TOOLS)))) {
      program = Files.writeString(program(first), "once");
    }
    Files.setLastModifiedTime(jar(TOOLS), FileTime.fromMillis(1_000));
    try (UnpackedProgram second = unpacked(config(temporary.resolve("app.jar")))) {
      assertThat(program(second)).isEqualTo(program).hasContent("once");
    }
  }

  @Test
  void serversThatUnpackAtTheSameTimeRunTheSame() throws IOException {
    ServerConfig config = config(jar(TOOLS));
    List<CompletableFuture<UnpackedProgram>> servers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> unpacked(config)))
            .limit(3)
            .toList();
    Set<Path> programs = new HashSet<>();
    for (CompletableFuture<UnpackedProgram> server : servers) {
      try (UnpackedProgram unpacked = server.join()) {
        programs.add(program(unpacked));
      }
    }
    assertThat(programs).hasSize(1).allMatch(program -> program.startsWith(caches));
    assertThat(kept()).hasSize(1);
  }

  @Test
  void otherContentsAreAnotherProgram() throws IOException {
    try (UnpackedProgram first = unpacked(config(jar(TOOLS)));
        UnpackedProgram second = unpacked(config(jar(TOOLS, "more")))) {
      assertThat(program(second)).isNotEqualTo(program(first)).isRegularFile();
    }
  }

  @Test
  void whatIsNotOfSpringBootOrCannotUnpackItselfRunsAsItIs() throws IOException {
    assertRunsAsItIs(config(jarOf("app.Main", TOOLS)));
    assertRunsAsItIs(config(jar("BOOT-INF/lib/other.jar")));
    assertRunsAsItIs(Configs.ofProgram(jar(TOOLS), Optional.empty(), List.of()));
  }

  @Test
  void whatTheToolsSayIsTold() throws IOException {
    ServerConfig config = config(jar(TOOLS, "broken"));
    try (UnpackedProgram unpacked = unpacked(config)) {
      assertThat(unpacked.config()).isSameAs(config);
      assertThat(unpacked.note())
          .isEqualTo(
              new ServerEvent.Message(
                  ServerEvent.Level.WARNING,
                  "could not unpack "
                      + temporary.resolve("app.jar")
                      + ": its tools exited with 3, saying: no room for app.jar; workers run it as it"
                      + " is"));
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFolderThatOthersMayWriteToIsNotTrusted() throws IOException {
    Files.createDirectory(caches);
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxrwxrwx"));
    ServerConfig config = config(jar(TOOLS));
    try (UnpackedProgram unpacked = unpacked(config)) {
      assertThat(unpacked.config()).isSameAs(config);
      assertThat(Objects.requireNonNull(unpacked.note()).text()).contains("you alone may write to");
    }
  }

  @Test
  void whatAServerThatWasKilledHasLeftHalfUnpackedIsDeletedAfterAnHour() throws IOException {
    Path left = Files.createDirectories(caches.resolve("app-0.unpacked.42"));
    Files.createFile(left.resolve("app.jar"));
    Path underWay = Files.createDirectory(caches.resolve("app-0.unpacked.43"));
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwx------"));
    age(left, Duration.ofMinutes(61));
    age(underWay, Duration.ofMinutes(59));
    try (UnpackedProgram unpacked = unpacked(config(jar(TOOLS)))) {
      assertThat(folder(unpacked)).isDirectory();
    }
    assertThat(left).doesNotExist();
    assertThat(underWay).isDirectory();
  }

  @Test
  void whatNobodyUsesIsDeletedAfterAMonth() throws IOException {
    Path unused;
    try (UnpackedProgram first = unpacked(config(jar(TOOLS)))) {
      unused = folder(first);
    }
    try (UnpackedProgram second = unpacked(config(jar(TOOLS, "more")))) {
      Path used = folder(second);
      age(used, Duration.ofDays(31));
      age(unused, Duration.ofDays(31));
      try (UnpackedProgram third = unpacked(config(jar(TOOLS, "other")))) {
        assertThat(unused).doesNotExist();
        assertThat(used).isDirectory();
        assertThat(program(third)).isRegularFile();
      }
    }
  }
}
