package dev.prefork.launch;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.posix.InheritedDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A launch spec as lines {@code name=value} in UTF-8. An unknown, missing or repeated field is
 * refused: supervisor and worker are then of different versions, and guessing would be worse.
 */
public final class LaunchSpecCodec {
  /** The most that is read: a spec is a few hundred bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final String[] FIELDS = {
    "kind",
    "application",
    "slot",
    "generation",
    "accept",
    "concurrency",
    "connection-timeout-ms",
    "stop-timeout-ms",
    "ready-when",
    "ready-log",
    "worker-connections",
    "aot-requests",
    "max-requests",
    "access-log",
    "access-log-format",
    "backlog",
    "listeners"
  };

  private LaunchSpecCodec() {}

  /** Writes a spec. */
  public static byte[] encode(LaunchSpec spec) {
    StringBuilder families = new StringBuilder();
    for (StandardProtocolFamily family : spec.listeners()) {
      families.append(
          switch (family) {
            case INET -> '4';
            case INET6 -> '6';
            case UNIX -> 'u';
          });
    }
    String[] values = {
      spec.kind().name(),
      spec.application(),
      Integer.toString(spec.slot()),
      Integer.toString(spec.generation()),
      spec.accept().name(),
      Integer.toString(spec.concurrency()),
      Long.toString(spec.connectionTimeout().toMillis()),
      Long.toString(spec.stopTimeout().toMillis()),
      spec.program().readyWhen().orElse(""),
      spec.program().readyLog().orElse(""),
      Integer.toString(spec.program().workerConnections().orElse(0)),
      String.join(" ", spec.program().aotRequests()),
      Integer.toString(spec.maxRequests()),
      spec.accessLog(),
      spec.accessLogFormat().name(),
      Integer.toString(spec.backlog()),
      families.toString()
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FIELDS.length; i++) {
      if (values[i].indexOf('\n') >= 0) {
        throw new IllegalArgumentException(FIELDS[i] + " must stand on one line");
      }
      text.append(FIELDS[i]).append('=').append(values[i]).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the spec that this worker has inherited; see {@link #decode}. */
  public static LaunchSpec readInherited() throws IOException {
    try (InputStream spec = InheritedDescriptors.input(LaunchSpec.SPEC_FD)) {
      return decode(spec);
    }
  }

  /**
   * Reads a spec.
   *
   * @throws IOException if it can't be read, is too long, or is none
   */
  public static LaunchSpec decode(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("the launch spec is longer than " + MAX_BYTES + " bytes");
    }
    Map<String, String> values = fields(new String(bytes, StandardCharsets.UTF_8));
    try {
      List<StandardProtocolFamily> listeners = new ArrayList<>();
      String families = take(values, "listeners");
      for (int i = 0; i < families.length(); i++) {
        listeners.add(familyOf(families.charAt(i)));
      }
      LaunchSpec spec =
          new LaunchSpec(
              named(ApplicationConfig.Kind.values(), take(values, "kind")),
              take(values, "application"),
              Integer.parseInt(take(values, "slot")),
              Integer.parseInt(take(values, "generation")),
              named(AcceptMode.values(), take(values, "accept")),
              Integer.parseInt(take(values, "concurrency")),
              Duration.ofMillis(Long.parseLong(take(values, "connection-timeout-ms"))),
              Duration.ofMillis(Long.parseLong(take(values, "stop-timeout-ms"))),
              takeProgram(values),
              Integer.parseInt(take(values, "max-requests")),
              take(values, "access-log"),
              named(LogFormat.values(), take(values, "access-log-format")),
              Integer.parseInt(take(values, "backlog")),
              listeners);
      if (!values.isEmpty()) {
        throw new IOException("the launch spec has unknown fields: " + values.keySet());
      }
      return spec;
    } catch (IllegalArgumentException e) {
      throw new IOException("the launch spec has a wrong value: " + e.getMessage(), e);
    }
  }

  private static ProgramConfig takeProgram(Map<String, String> values) throws IOException {
    int connections = Integer.parseInt(take(values, "worker-connections"));
    String requests = take(values, "aot-requests");
    return new ProgramConfig(
        optional(take(values, "ready-when")),
        optional(take(values, "ready-log")),
        connections == 0 ? Optional.empty() : Optional.of(connections),
        Optional.empty(), // who is silent does not watch over it itself
        requests.isEmpty() ? List.of() : List.of(requests.split(" ")));
  }

  private static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Enum.valueOf reflects: 2 ms of a worker's start. */
  private static <E extends Enum<E>> E named(E[] all, String name) {
    for (E one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("nothing is called " + name);
  }

  private static StandardProtocolFamily familyOf(char family) {
    return switch (family) {
      case '4' -> StandardProtocolFamily.INET;
      case '6' -> StandardProtocolFamily.INET6;
      case 'u' -> StandardProtocolFamily.UNIX;
      default -> throw new IllegalArgumentException("no address family is called " + family);
    };
  }

  private static Map<String, String> fields(String text) throws IOException {
    Map<String, String> values = new HashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int equals = text.indexOf('=', start);
      if (end < 0 || equals < 0 || equals > end) {
        throw new IOException("the launch spec has an unfinished line");
      }
      String name = text.substring(start, equals);
      if (values.put(name, text.substring(equals + 1, end)) != null) {
        throw new IOException("the launch spec has the field " + name + " twice");
      }
      start = end + 1;
    }
    return values;
  }

  private static String take(Map<String, String> values, String name) throws IOException {
    String value = values.remove(name);
    if (value == null) {
      throw new IOException("the launch spec lacks the field " + name);
    }
    return value;
  }
}
