package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramClassPathTest {
  private static final Path CORE = Path.of("/lib/prefork.jar");
  private static final Path AGENT = Path.of("/lib/prefork-adopt.jar");
  private static final String OURS = "dev/prefork/PreforkWorker.class";

  @TempDir Path directory;

  private Path jar(String name, String classPath, String... entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!classPath.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    Path jar = Files.createDirectories(directory.resolve(name).getParent()).resolve(jarName(name));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream to = new JarOutputStream(out, manifest)) {
      for (String entry : entries) {
        to.putNextEntry(new JarEntry(entry));
      }
    }
    return jar;
  }

  private static Path jarName(String name) {
    return Path.of(name).getFileName();
  }

  private static void assertProgramFirst(Path program) {
    assertThat(new ProgramClassPath(program).with(CORE, AGENT))
        .isEqualTo(List.of(program, CORE, AGENT));
  }

  private static void assertCoreFirst(Path program) {
    assertThat(new ProgramClassPath(program).with(CORE, AGENT))
        .isEqualTo(List.of(CORE, program, AGENT));
  }

  @Test
  void aProgramThatKnowsNothingOfUsComesFirst() throws IOException {
    jar("lib/other.jar", "", "dev/prefork/Other.class");
    assertProgramFirst(jar("app.jar", "lib/other.jar", "app/Main.class"));
    assertProgramFirst(jar("alone.jar", ""));
  }

  @Test
  void classesOfOursInItsJarComeAfterOurs() throws IOException {
    assertCoreFirst(jar("shaded.jar", "", "app/Main.class", OURS));
  }

  @Test
  void classesOfOursInAJarThatItNamesComeAfterOurs() throws IOException {
    jar("lib/ours.jar", "", OURS);
    jar("lib/between.jar", "missing.jar ours.jar");
    assertCoreFirst(jar("direct.jar", "lib/none.jar lib/ours.jar"));
    assertCoreFirst(jar("indirect.jar", "lib/between.jar"));
    assertCoreFirst(jar("absolute.jar", directory.resolve("lib/ours.jar").toUri().toString()));
  }

  @Test
  void jarsThatNameEachOtherAreReadOnce() throws IOException {
    jar("lib/b.jar", "../app.jar b.jar");
    assertProgramFirst(jar("app.jar", "lib/b.jar app.jar"));
  }

  @Test
  void whatItsJarsNameIsToldWithoutWhatIsMissing() throws IOException {
    Path named = jar("lib/named.jar", "missing.jar ../conf/");
    Path conf = Files.createDirectory(directory.resolve("conf"));
    assertThat(new ProgramClassPath(jar("app.jar", "lib/named.jar")).named())
        .containsExactly(named, conf);
    assertThat(new ProgramClassPath(jar("blank.jar", " ")).named()).isEmpty();
  }

  @Test
  void whatCannotBeReadBringsNothing() throws IOException {
    assertProgramFirst(directory.resolve("missing.jar"));
    assertProgramFirst(Files.writeString(directory.resolve("text.jar"), "no jar"));
    assertProgramFirst(jar("app.jar", "http://127.0.0.1:1/ours.jar %zz lib/"));
  }
}
