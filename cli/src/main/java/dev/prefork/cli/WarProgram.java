package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.Settings;
import dev.prefork.config.WarOptions;
import dev.prefork.server.PreforkServer;
import dev.prefork.server.PreforkServerBuilder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A WAR file as a program: one that comes with the command runs it on Jetty. Its jars lie in a
 * folder beside the command's own, so that neither the supervisor nor a handler's workers see them.
 */
final class WarProgram {
  /** Enough for an application that waits for its database; a worker more costs less than 50. */
  static final int DEFAULT_CONCURRENCY = 16;

  private static final Pattern CONTEXT_PATH = Pattern.compile("/|(/(?!\\.\\.?(/|$))[\\w.~-]+)+");

  private final Path war;
  private final Settings settings;

  private WarProgram(Path war, Settings settings) {
    this.war = war;
    this.settings = settings;
  }

  /**
   * Begins to describe a server of it.
   *
   * @param runtimeDirectory what is unpacked goes into a folder of it
   * @throws PreforkException (configuration) if no worker could serve it
   */
  static PreforkServerBuilder builder(Path war, Settings settings, Path runtimeDirectory) {
    int declared = WarFile.jakartaEe(war);
    WarProgram program = new WarProgram(war.toAbsolutePath(), settings);
    Integer wanted = settings.value(WarOptions.JAKARTA_EE);
    int jakartaEe = wanted == null ? declared : wanted;
    PreforkServerBuilder builder =
        PreforkServer.program(
            jar(jakartaEe), program.words(jakartaEe, runtimeDirectory.resolve("war")));
    if (settings.given(Options.AOT_REQUEST).isEmpty()) {
      String path = program.held(WarOptions.CONTEXT_PATH);
      var _ = builder.aotRequest(path.endsWith("/") ? path : path + "/");
    }
    return builder.concurrency(program.concurrency());
  }

  /** Refuses options that say nothing of what is run. */
  static void requireNoOptions(Application application, Settings settings) {
    for (Option<?> option : WarOptions.all()) {
      if (!settings.given(option).isEmpty()) {
        throw usage(option.name() + " is for a WAR file, and " + application.name() + " is none");
      }
    }
  }

  /**
   * Refuses what is no context path.
   *
   * @throws PreforkException (usage)
   */
  static void checkContextPath(String path) {
    if (!CONTEXT_PATH.matcher(path).matches()) {
      throw usage(
          "context-path must be / or /NAME, of letters, digits or . _ ~ -, not \"" + path + "\"");
    }
  }

  /**
   * Refuses one of certificate and key without the other.
   *
   * @throws PreforkException (usage)
   */
  static void checkTls(Settings settings) {
    boolean certificate = settings.value(WarOptions.TLS_CERTIFICATE) != null;
    if (certificate != (settings.value(WarOptions.TLS_KEY) != null)) {
      throw usage(certificate ? "tls-certificate needs tls-key" : "tls-key needs tls-certificate");
    }
  }

  private static PreforkException usage(String message) {
    return new PreforkException(ExitStatus.USAGE, message);
  }

  private List<String> words(int jakartaEe, Path work) {
    List<String> words = new ArrayList<>();
    words.add("war=" + war);
    words.add("context-path=" + held(WarOptions.CONTEXT_PATH));
    words.add("work=" + work);
    words.add("jakarta-ee=" + jakartaEe);
    words.add("threads=" + concurrency());
    words.add("max-header=" + held(WarOptions.MAX_HEADER));
    words.add("max-body=" + held(WarOptions.MAX_BODY));
    words.add("idle-timeout-ms=" + held(WarOptions.IDLE_TIMEOUT).toMillis());
    Duration stopTimeout = held(Options.STOP_TIMEOUT);
    words.add("stop-timeout-ms=" + stopTimeout.toMillis());
    addFile(words, WarOptions.TLS_CERTIFICATE);
    addFile(words, WarOptions.TLS_KEY);
    return words;
  }

  private int concurrency() {
    Integer given = settings.value(Options.CONCURRENCY);
    return given == null ? DEFAULT_CONCURRENCY : given;
  }

  private <T> T held(Option<T> option) {
    T given = settings.value(option);
    return given == null ? Objects.requireNonNull(option.defaultValue()) : given;
  }

  /** What is in it, the workers read. */
  private void addFile(List<String> words, Option<String> option) {
    String given = settings.value(option);
    if (given != null) {
      Path file = Path.of(given).toAbsolutePath();
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new PreforkException(
            ExitStatus.CONFIGURATION, "could not read " + option.name() + " " + given);
      }
      words.add(option.name() + "=" + file);
    }
  }

  private static Path jar(int jakartaEe) {
    try {
      Path own =
          Path.of(WarProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path jar = own.resolveSibling("war").resolve("prefork-war-ee" + jakartaEe + ".jar");
      if (!Files.exists(jar)) {
        throw new PreforkException(
            ExitStatus.CONFIGURATION, "could not find what runs WAR files: " + jar);
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }
}
