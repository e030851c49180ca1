package dev.prefork.config;

import java.time.Duration;
import java.util.List;

/** The rows of the table of options that are for WAR files alone. */
public final class WarOptions {
  private static final long KIB = 1L << 10;

  /** Where the application's paths begin. */
  public static final Option<String> CONTEXT_PATH =
      new Option<>(
          "context-path",
          new ValueType.Text("CONTEXT"),
          "/",
          false,
          "Serve a WAR file below this path: / or /shop.");

  /** Which Jakarta EE; the WAR knows it, if it has a web.xml. */
  public static final Option<Integer> JAKARTA_EE =
      new Option<>(
          "jakarta-ee",
          new ValueType.Count(10, 11),
          "",
          false,
          "Run a WAR file as one of this Jakarta EE (default: what its web.xml declares, else 11).");

  /** The certificate chain. */
  public static final Option<String> TLS_CERTIFICATE =
      new Option<>(
          "tls-certificate",
          new ValueType.Text("FILE"),
          "",
          false,
          "Serve a WAR file over TLS, with the certificate chain of this PEM file, read anew when it"
              + " changes (default: in clear text).");

  /** The certificate's key. */
  public static final Option<String> TLS_KEY =
      new Option<>(
          "tls-key",
          new ValueType.Text("FILE"),
          "",
          false,
          "The private key of tls-certificate: a PEM file, read anew when it changes.");

  /** The bound of a request's head. Jetty itself allows 8 KiB, which cookies of today outgrow. */
  public static final Option<Long> MAX_HEADER =
      new Option<>(
          "max-header",
          new ValueType.Size(KIB, KIB * KIB),
          "16KiB",
          false,
          "Answer 431 to a request for a WAR file whose head is larger.");

  /** The bound of a request's body. */
  public static final Option<Long> MAX_BODY =
      new Option<>(
          "max-body",
          new ValueType.Size(KIB, KIB * KIB * KIB * KIB),
          "64MiB",
          false,
          "Answer 413 to a request for a WAR file whose body is larger.");

  /** The bound of a connection's silence. */
  public static final Option<Duration> IDLE_TIMEOUT =
      new Option<>(
          "idle-timeout",
          new ValueType.Time(Duration.ofMillis(10), Duration.ofHours(24)),
          "30s",
          false,
          "Close a connection to a WAR file on which nothing has happened for this long.");

  private WarOptions() {}

  /** All of them, in the order of the help text. */
  public static List<Option<?>> all() {
    return List.of(
        CONTEXT_PATH, JAKARTA_EE, TLS_CERTIFICATE, TLS_KEY, MAX_HEADER, MAX_BODY, IDLE_TIMEOUT);
  }
}
