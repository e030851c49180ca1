package dev.prefork.aot;

import dev.prefork.ServerEvent;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.WorkerLauncher;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Posix;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.PrivateDirectory;
import dev.prefork.posix.WaitStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the workers run in the place of a Spring Boot application's executable jar: the same,
 * unpacked beside the ahead-of-time caches, so that its classes may be in one. Spring Boot's own
 * tools do it ({@code java -Djarmode=tools -jar app.jar extract}), once for each contents. Before
 * the first worker: all of them run the same.
 *
 * <p>Who uses a folder holds a shared lock on a file in it, and so others don't delete it.
 */
public final class UnpackedProgram implements AutoCloseable {
  private static final String ENDING = ".unpacked";
  private static final String LOCK = "in-use";
  private static final Duration BOUND = Duration.ofMinutes(1);

  private static final List<String> TOOL =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Djarmode=tools",
          "-jar");

  private final ServerConfig config;
  private final ServerEvent.@Nullable Message note;
  private final @Nullable Fd lock;

  private UnpackedProgram(
      ServerConfig config, ServerEvent.@Nullable Message note, @Nullable Fd lock) {
    this.config = config;
    this.note = note;
    this.lock = lock;
  }

  /** Unpacks the program of a server that keeps caches, if there is anything to unpack. */
  public static UnpackedProgram of(Posix posix, ServerConfig config) {
    if (config.aotCache().isEmpty() || !config.application().isProgram()) {
      return new UnpackedProgram(config, null, null);
    }
    Path path = Path.of(config.application().name()).toAbsolutePath();
    try {
      SpringBootJar jar = SpringBootJar.at(path);
      return jar == null
          ? new UnpackedProgram(config, null, null)
          : unpacked(posix, config, config.aotCache().get(), jar);
    } catch (IOException | PosixException e) {
      String text =
          "could not unpack " + path + ": " + e.getMessage() + "; workers run it as it is";
      return new UnpackedProgram(
          config, new ServerEvent.Message(ServerEvent.Level.WARNING, text), null);
    }
  }

  private static UnpackedProgram unpacked(
      Posix posix, ServerConfig config, Path caches, SpringBootJar jar) throws IOException {
    PrivateDirectory.make(caches);
    String objection = PrivateDirectory.objection(caches);
    if (!objection.isEmpty()) {
      throw new IOException(caches + ": " + objection);
    }
    ApplicationConfig packed = config.application();
    String name = ApplicationConfig.shortName(packed.name()) + "-" + jar.fingerprint() + ENDING;
    Path folder = caches.resolve(name);
    if (!Files.exists(folder)) {
      unpack(posix, jar, folder);
      deleteUnused(posix, caches);
    }
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    Path program = folder.resolve(jar.path().getFileName());
    Fd lock = posix.open(folder.resolve(LOCK));
    if (!posix.tryShare(lock) || !Files.exists(program)) {
      lock.close();
      throw new IOException(folder + " is being deleted");
    }
    String text =
        "workers run "
            + program
            + ", unpacked so that its classes can be in the AOT cache (aot-cache none runs "
            + packed.name()
            + " as it is)";
    return new UnpackedProgram(
        config.withApplication(ApplicationConfig.program(program.toString(), packed.arguments())),
        new ServerEvent.Message(ServerEvent.Level.INFO, text),
        lock);
  }

  /** Under another name until it is complete. */
  private static void unpack(Posix posix, SpringBootJar jar, Path folder) throws IOException {
    Path made = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".");
    try {
      extract(posix, jar, made);
      Files.createFile(made.resolve(LOCK));
      sync(made);
      Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(folder)) {
        throw e;
      } // else another server was faster
    } finally {
      delete(made);
    }
  }

  private static void extract(Posix posix, SpringBootJar jar, Path to) throws IOException {
    List<String> arguments =
        Stream.concat(
                TOOL.stream(),
                Stream.of(jar.path().toString(), "extract", "--destination", to.toString()))
            .toList();
    try (TrainingProcesses processes = new TrainingProcesses(posix, BOUND)) {
      WaitStatus end =
          processes.run(
              output -> WorkerLauncher.spawnTool(posix, arguments, System.getenv(), output));
      if (!Trainer.isSuccess(end) || !Files.exists(to.resolve(jar.path().getFileName()))) {
        throw new IOException("its tools " + end + ", saying: " + processes.lastWords());
      }
    }
  }

  /** Its name is for good: it must not stand for less after a crash of the machine. */
  private static void sync(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
          open.force(true);
        }
      }
    }
  }

  private static void deleteUnused(Posix posix, Path caches) throws IOException {
    try (var folders = Files.newDirectoryStream(caches, "*" + ENDING + "*")) {
      for (Path folder : folders) {
        if (Trainer.isUnused(folder, ENDING)) {
          deleteUnlessLocked(posix, folder);
        }
      }
    }
  }

  private static void deleteUnlessLocked(Posix posix, Path folder) throws IOException {
    try (Fd lock = posix.open(folder.resolve(LOCK))) {
      if (posix.tryLock(lock)) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** What the workers are to be started with. */
  public ServerConfig config() {
    return config;
  }

  /** What people should know of it; null for nothing. */
  public ServerEvent.@Nullable Message note() {
    return note;
  }

  /** From now on others may delete what was unpacked, once it is old. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
