package dev.prefork.launch;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Limits;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configurations of servers that are never started. */
public final class Configs {
  private static final List<Path> JARS =
      List.of(Path.of("/app/a.jar"), Path.of("/app/b.jar"), Path.of("/app/a.jar"));

  private Configs() {}

  static ServerConfig listeningOn(List<String> addresses) {
    return config(JARS, addresses, null, List.of(), null);
  }

  static ServerConfig withJvmOptions(String... options) {
    return config(JARS, List.of("127.0.0.1:0"), null, List.of(options), null);
  }

  static ServerConfig withHeap(long bytes, String... options) {
    return config(JARS, List.of("127.0.0.1:0"), bytes, List.of(options), null);
  }

  static ServerConfig withRuntimeDirectory(Path directory) {
    return config(JARS, List.of("127.0.0.1:0"), null, List.of(), directory);
  }

  static ServerConfig withClassPath(Path entry, String... options) {
    return config(List.of(entry), List.of("127.0.0.1:0"), null, List.of(options), null);
  }

  static ServerConfig withClassPathAndHeap(Path entry, long bytes) {
    return config(List.of(entry), List.of("127.0.0.1:0"), bytes, List.of(), null);
  }

  /** A program whose workers would start from caches kept there. */
  public static ServerConfig ofProgram(Path jar, Optional<Path> caches, List<String> arguments) {
    return config(
        ApplicationConfig.program(jar.toString(), arguments),
        List.of(),
        List.of("127.0.0.1:0"),
        null,
        List.of(),
        null,
        caches);
  }

  private static ServerConfig config(
      List<Path> classPath,
      List<String> listen,
      @Nullable Long heap,
      List<String> jvmOptions,
      @Nullable Path runtimeDirectory) {
    return config(
        ApplicationConfig.handler("test.Handler"),
        classPath,
        listen,
        heap,
        jvmOptions,
        runtimeDirectory,
        Optional.empty());
  }

  private static ServerConfig config(
      ApplicationConfig application,
      List<Path> classPath,
      List<String> listen,
      @Nullable Long heap,
      List<String> jvmOptions,
      @Nullable Path runtimeDirectory,
      Optional<Path> caches) {
    return new ServerConfig(
        application,
        classPath,
        listen,
        PoolConfig.fixed(2, 16, 0),
        16,
        AcceptMode.FCNTL,
        3,
        Duration.ofSeconds(25),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        ProgramConfig.NONE,
        Limits.NONE,
        Optional.ofNullable(heap),
        jvmOptions,
        Optional.ofNullable(runtimeDirectory),
        caches,
        Optional.empty(),
        Optional.empty(),
        LogFormat.TEXT,
        Optional.empty());
  }
}
