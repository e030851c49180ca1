package dev.prefork.war;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the command tells this program, as words {@code name=value}: checked there, and complete.
 *
 * @param war the WAR file
 * @param contextPath where its paths begin: {@code /} or {@code /shop}
 * @param work a directory of this server alone, for what is unpacked
 * @param jakartaEe 10 or 11: which Jetty is on the class path
 * @param threads requests served at a time
 * @param maxHeader bytes of a request's head
 * @param maxBody bytes of a request's body
 * @param idleTimeout ends a connection on which nothing happens
 * @param stopTimeout the bound of a graceful stop
 * @param certificate a chain in PEM; empty for clear text
 * @param key its private key in PEM; there if a certificate is
 */
record WarConfig(
    Path war,
    String contextPath,
    Path work,
    int jakartaEe,
    int threads,
    int maxHeader,
    long maxBody,
    Duration idleTimeout,
    Duration stopTimeout,
    Optional<Path> certificate,
    Optional<Path> key) {

  /**
   * Reads the words.
   *
   * @throws IllegalArgumentException if they are not those of this version's command
   */
  static WarConfig parse(String[] words) {
    Map<String, String> values = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0 || values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("no such word, or one twice: " + word);
      }
    }
    WarConfig config =
        new WarConfig(
            Path.of(take(values, "war")),
            take(values, "context-path"),
            Path.of(take(values, "work")),
            Integer.parseInt(take(values, "jakarta-ee")),
            Integer.parseInt(take(values, "threads")),
            Integer.parseInt(take(values, "max-header")),
            Long.parseLong(take(values, "max-body")),
            Duration.ofMillis(Long.parseLong(take(values, "idle-timeout-ms"))),
            Duration.ofMillis(Long.parseLong(take(values, "stop-timeout-ms"))),
            Optional.ofNullable(values.remove("tls-certificate")).map(Path::of),
            Optional.ofNullable(values.remove("tls-key")).map(Path::of));
    if (!values.isEmpty() || config.certificate.isPresent() != config.key.isPresent()) {
      throw new IllegalArgumentException("words too many, or a certificate without its key");
    }
    return config;
  }

  private static String take(Map<String, String> values, String name) {
    String value = values.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("the word " + name + "=… is missing");
    }
    return value;
  }
}
