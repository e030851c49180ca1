package dev.prefork.bench;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Where experiments get their servers from. */
final class Laboratory {
  private final Path launcher;
  private final Path directory;
  private final Belongings belongings;
  private final Consumer<String> progress;
  private final List<ReadyServer> servers = new ArrayList<>();

  /**
   * Sets one up.
   *
   * @param launcher the {@code prefork} command
   * @param directory runtime directories and logs go here
   * @param belongings keeps the servers
   */
  Laboratory(Path launcher, Path directory, Belongings belongings, Consumer<String> progress) {
    this.launcher = launcher;
    this.directory = directory;
    this.belongings = belongings;
    this.progress = progress;
  }

  /** Starts the greeting server in mode kernel; all but {@code options} is as by default. */
  OperatedServer demo(String name, String... options) {
    return start(name, List.of("demo", "--accept", "kernel"), options);
  }

  /** Starts a server of {@link PacedHandler}. */
  OperatedServer paced(String name, Duration pause, String... options) {
    List<String> words =
        List.of(
            "run",
            PacedHandler.class.getName(),
            "--class-path",
            placeOf(PacedHandler.class).toString(),
            "--worker-jvm-option=" + PacedHandler.pauseOption(pause));
    return start(name, words, options);
  }

  private OperatedServer start(String name, List<String> words, String... options) {
    progress.accept("starting a server: " + name + " " + String.join(" ", options));
    List<String> all = new ArrayList<>(words);
    all.addAll(Arrays.asList(options));
    ReadyServer server =
        ReadyServer.Command.ofOwnCaches(launcher, all, directory, name).start(belongings);
    servers.add(server);
    return new OperatedServer(server);
  }

  /** Where a file that a server writes may lie. */
  Path file(String name) {
    return directory.resolve(name);
  }

  void progress(String line) {
    progress.accept(line);
  }

  /** Ends the servers of an experiment: they would disturb the next one. */
  void endServers() {
    servers.forEach(server -> belongings.end(server.process()));
    servers.clear();
  }

  /** The jar or folder that a class was loaded from. */
  static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }
}
