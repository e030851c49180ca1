package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else's preforking server, in the foreground, with files of its own.
 *
 * @param product what it is
 * @param command where it is
 * @param workers how many
 * @param directory of this run; it has its own within
 */
record InstalledServer(Product product, Path command, int workers, Path directory)
    implements HttpSide {
  private static final long REPLACED_MS = 60_000;

  /** Who starts as root serves as nobody, who must be able to reach the files. */
  private static final String PASSABLE = "rwx--x--x";

  private static final String READABLE = "rwxr-xr-x";

  @Override
  public String program() {
    return product.label();
  }

  @Override
  public String name() {
    return product.label() + " " + workers;
  }

  @Override
  public int compilers() {
    return 0;
  }

  @Override
  public boolean serves(Workload workload, int clients) {
    boolean starves = product.waitsForKept() && workload.keepAlive() && workers < clients;
    return !starves && (product.computes() || !workload.computes());
  }

  @Override
  public RunningServer start(Belongings belongings) {
    int port = FreePort.find();
    Path home = directory.resolve(name().replace(' ', '-'));
    try {
      write(home, port);
    } catch (IOException e) {
      throw new PreforkException(ExitStatus.UNAVAILABLE, "could not write into " + home + ": " + e);
    }
    List<String> line = new ArrayList<>(List.of(command.toString()));
    product.arguments().forEach(argument -> line.add(filled(argument, home, port)));
    return HttpStart.of(this, line, home, port, belongings);
  }

  private void write(Path home, int port) throws IOException {
    Path files = Files.createDirectories(home.resolve("files"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(PASSABLE));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(READABLE));
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString(READABLE));
    Files.writeString(files.resolve("hello"), "hello, world\n");
    Files.writeString(files.resolve("10k"), "x".repeat(10_240));
    for (String name : product.files()) {
      Files.writeString(home.resolve(name), filled(resource(name), home, port));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = InstalledServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is in this jar"); // cannot be missing
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String filled(String text, Path home, int port) {
    return text.replace("${DIRECTORY}", home.toString())
        .replace("${PORT}", Integer.toString(port))
        .replace("${WORKERS}", Integer.toString(workers));
  }

  @Override
  public void replaceWorkers(RunningServer server) {
    List<ProcessHandle> old = server.workers();
    var _ =
        Posix.system().kill(new Pid((int) server.process().handle().pid()), product.replacing());
    boolean gone = Waiting.until(() -> old.stream().noneMatch(ProcessHandle::isAlive), REPLACED_MS);
    if (!gone || !Waiting.until(() -> server.workers().size() >= workers, REPLACED_MS)) {
      throw new PreforkException(ExitStatus.FAILED, name() + " did not replace its workers");
    }
  }
}
