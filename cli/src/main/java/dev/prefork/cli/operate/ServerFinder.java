package dev.prefork.cli.operate;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.control.SocketFile;
import dev.prefork.scoreboard.ScoreboardFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the server that a command is meant for: the one named, or the only one that runs. */
final class ServerFinder {
  private final Path base;

  /**
   * Looks in the default place.
   *
   * @param base where runtime directories stand that nobody has chosen
   */
  ServerFinder(Path base) {
    this.base = base;
  }

  /**
   * The server's runtime directory; whether it answers shows when it is asked.
   *
   * @throws PreforkException (unavailable) if none runs; (usage) if several do and none is named
   */
  Path find(Invocation invocation) {
    String directory = invocation.value(OperatingCommands.RUNTIME_DIR);
    String name = invocation.value(OperatingCommands.NAME);
    if (directory != null && name != null) {
      throw new PreforkException(
          ExitStatus.USAGE, "give either --name or --runtime-dir: each says it all");
    }
    if (directory != null) {
      return Path.of(directory).toAbsolutePath();
    }
    return name == null ? theOnlyOne() : base.resolve(name);
  }

  private Path theOnlyOne() {
    List<Path> running = running();
    if (running.isEmpty()) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE,
          "no server of yours runs (looked in "
              + base
              + "); start one with 'prefork run', or say where it is with --runtime-dir");
    }
    if (running.size() > 1) {
      throw new PreforkException(
          ExitStatus.USAGE,
          running.size()
              + " servers run: "
              + running.stream().map(ServerFinder::describe).collect(Collectors.joining(", "))
              + "; say which with --name");
    }
    return running.getFirst();
  }

  /** Those that somebody listens for; what a killed supervisor has left is passed over. */
  private List<Path> running() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(base)) {
      for (Path directory : directories) {
        if (isRunning(directory.resolve(SocketFile.NAME))) {
          found.add(directory);
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE, "could not look for servers in " + base + ": " + e.getMessage());
    }
    found.sort(null);
    return found;
  }

  private static boolean isRunning(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel _ = connect(socket)) {
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true; // too busy to be asked now
    }
  }

  private static String describe(Path directory) {
    String pid = "?";
    try {
      pid = Files.readString(directory.resolve("pid")).trim();
    } catch (IOException e) {
      // ended meanwhile
    }
    return directory.getFileName() + " (pid " + pid + ")";
  }

  /** Connects without waiting: the queue of a supervisor that is stopped may be full. */
  static SocketChannel connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      var _ = channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What to say if nobody listens in a runtime directory. */
  static PreforkException nobody(Path directory) {
    Path scoreboard = directory.resolve(ScoreboardFile.NAME);
    return new PreforkException(
        ExitStatus.UNAVAILABLE,
        "no server runs in "
            + directory
            + (Files.exists(scoreboard)
                ? "; what the workers of its last one did: prefork status --offline " + scoreboard
                : ""));
  }
}
