package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command as Maven has packaged it, with an AOT cache from a short demo, as the launcher makes
 * one: the process tests start it some 300 times, each a third cheaper with it.
 */
final class PackagedCommand {
  private static final List<String> FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx64m",
          "--enable-native-access=ALL-UNNAMED");

  /** java, and all up to the command's own words; prepared at the first use. */
  static final List<String> LINE = line();

  private PackagedCommand() {}

  private static List<String> line() {
    try {
      Path main = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(main)) { // not packaged: a development environment runs the tests
        return line(List.of(), System.getProperty("java.class.path"));
      }
      Path app = main.resolveSibling("");
      String jars = app + "/*";
      Path cache = trained(app, jars);
      return line(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off"), jars);
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError("could not prepare the command", e);
    }
  }

  private static List<String> line(List<String> flags, String classPath) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(FLAGS);
    line.addAll(flags);
    line.addAll(List.of("-cp", classPath, Main.class.getName()));
    return line;
  }

  /** One of the JVMs that run tests trains, the others wait for it. */
  private static Path trained(Path app, String jars) throws IOException {
    Path cache = app.resolveSibling("commands.aot");
    Path lockFile = app.resolveSibling("commands.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(cache) || isOlder(cache, app)) {
        train(cache, jars);
      }
    }
    return cache;
  }

  private static boolean isOlder(Path cache, Path app) throws IOException {
    long made = Files.getLastModifiedTime(cache).toMillis();
    try (Stream<Path> files = Files.list(app)) {
      return files.anyMatch(jar -> jar.toFile().lastModified() > made);
    }
  }

  private static void train(Path cache, String jars) throws IOException {
    Path directory = Files.createTempDirectory("prefork-it-training-");
    Path made = directory.resolve("made.aot");
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> line = line(List.of("-XX:AOTCacheOutput=" + made), jars);
    line.addAll(List.of("demo", "--listen", "127.0.0.1:0", "--workers", "1", "--spares", "0"));
    line.addAll(List.of("--aot-cache", "none", "--runtime-dir", directory.resolve("run") + ""));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    RunningCommand demo = new RunningCommand(builder.start(), out, err);
    try {
      demo.awaitReady().signal("TERM");
      demo.awaitExit(); // it makes the cache before it ends
      assertThat(made).as("the cache that this demo was to make:\n" + demo.log()).exists();
    } finally {
      demo.stop(Duration.ZERO);
    }
    Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
    Commands.delete(directory);
  }
}
