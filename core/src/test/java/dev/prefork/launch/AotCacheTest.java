package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
  @TempDir private Path temporary;
  private Path jar = Path.of("not made yet");
  private Path caches = Path.of("not made yet");

  @BeforeEach
  void make() throws IOException {
    jar = Files.writeString(temporary.resolve("core.jar"), "core");
    caches = Files.createDirectory(temporary.resolve("caches"));
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwx------"));
  }

  private AotCache cache(String... jvmOptions) {
    return cache(Map.of(), jvmOptions);
  }

  private AotCache withHeap(long bytes) {
    return cache(Configs.withClassPathAndHeap(jar, bytes), Map.of());
  }

  private AotCache cache(Map<String, String> environment, String... jvmOptions) {
    return cache(Configs.withClassPath(jar, jvmOptions), environment);
  }

  private AotCache cache(ServerConfig config, Map<String, String> environment) {
    return AotCache.in(
        caches,
        config,
        new WorkerCommandLine(
            config,
            Path.of("/jdk/bin/java"),
            jar,
            environment,
            () -> new HostResources(0, "", 1, false)));
  }

  @Test
  void theFileIsNamedAfterAllThatTheJvmWouldRefuseItFor() throws IOException {
    Path file = cache().file();
    assertThat(file.getFileName().toString()).matches("Handler-[0-9a-f]{16}\\.aot");
    assertThat(cache().file()).isEqualTo(file);
    assertThat(cache("-XX:+UseG1GC").file()).isNotEqualTo(file);
    assertThat(cache(Map.of("JAVA_TOOL_OPTIONS", "-Xss1m")).file()).isNotEqualTo(file);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
    assertThat(cache().file()).isNotEqualTo(file);
  }

  @Test
  void theSameFileFitsHoweverTheHostIsDivided() {
    Path file = withHeap(100L << 20).file();
    assertThat(withHeap(200L << 20).file()).isEqualTo(file);
    assertThat(withHeap(40L << 30).file()).isNotEqualTo(file);
  }

  @Test
  void aFileThatIsThereIsGivenToWorkersAtOnce() throws IOException {
    AotCache missing = cache();
    String directory = "-Dprefork.caches=" + caches;
    assertThat(missing.flags()).containsExactly(directory);
    Files.createFile(missing.file());
    assertThat(cache().flags()).containsExactly("-XX:AOTCache=" + missing.file(), directory);
    assertThat(cache("-Xshare:off").flags()).containsExactly(directory);
  }

  @Test
  void aDirectoryThatIsMadeLaterIsGivenToWorkersOnceItIsTrusted() throws IOException {
    Files.delete(caches);
    AotCache cache = cache("-Xshare:off");
    assertThat(cache.flags()).isEmpty();
    cache.trust();
    assertThat(cache.flags()).containsExactly("-Dprefork.caches=" + caches);
  }

  @Test
  void aFileWhereOthersMayWriteIsNot() throws IOException {
    Files.createFile(cache().file());
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(cache().flags()).isEmpty();
  }

  @Test
  void aFolderOnTheClassPathRulesItOutUnlessItIsEmpty() throws IOException {
    jar = temporary;
    assertThat(cache().objection()).isEqualTo("the JVM takes jars alone, not " + temporary);
    jar = Files.createDirectory(temporary.resolve("empty"));
    assertThat(cache().objection()).isEmpty();
  }

  @Test
  void optionsOfTheUsersOwnForTheSameThingRuleItOut() {
    for (String option :
        new String[] {"-XX:AOTCache=/x", "-Xshare:off", "-XX:SharedArchiveFile=/x"}) {
      assertThat(cache(option).objection()).isEqualTo("the workers' JVM is given " + option);
    }
    assertThat(cache("-Xmx32m").objection()).isEmpty();
  }
}
