package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BenchMainTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String path, String... args) {
    return BenchMain.run(
        args,
        Map.of("PATH", path),
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Belongings()));
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path command(String name, String script) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void helpIsAResult() {
    assertThat(run("", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: bench/run ");
  }

  @Test
  void aWrongOptionIsAUsageError() {
    assertThat(run("", "--rounds", "0")).isEqualTo(64);
    assertThat(error()).startsWith("bench: --rounds must be");
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(run("", "--prefork", "/nowhere/prefork")).isEqualTo(64);
    assertThat(error()).isEqualTo("bench: --prefork: /nowhere/prefork is no command\n");
  }

  @Test
  void withoutSbclTheOriginalIsRefused() throws IOException {
    Path prefork = command("prefork", "exit 1");
    Path source = Files.createFile(directory.resolve("original.lisp"));
    assertThat(run("/nowhere", "--prefork", "" + prefork, "--original", "" + source)).isEqualTo(69);
    assertThat(error()).contains("sbcl, which runs the original, is not on the PATH");
  }

  @Test
  void aTakenPortOfTheOriginalIsRefusedBeforeAnythingIsStarted() throws IOException {
    Path witness = directory.resolve("started");
    Path prefork = command("prefork", "touch " + witness);
    command("sbcl", "touch " + witness);
    Path source = Files.createFile(directory.resolve("original.lisp"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      int code =
          run(
              "" + directory,
              "--prefork",
              "" + prefork,
              "--original",
              "" + source,
              "--original-port",
              port);
      assertThat(code).isEqualTo(69);
      assertThat(error())
          .startsWith(
              "bench: the original can only serve on 127.0.0.1:" + port + ", which is taken")
          .contains("or leave out --original");
    }
    assertThat(witness).doesNotExist();
  }

  @Test
  void aServerThatDoesNotStartIsReportedWithItsLastWords() throws IOException {
    Path prefork = command("prefork", "echo could not bind >&2; exit 69");
    assertThat(run("", "--prefork", "" + prefork)).isEqualTo(70);
    assertThat(error())
        .endsWith(
            "bench: prefork kernel: it did not become ready and ended with exit code 69;"
                + " its last words: could not bind\n");
  }
}
