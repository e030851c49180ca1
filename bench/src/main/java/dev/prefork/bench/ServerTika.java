package dev.prefork.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * tika-server as it is by default: one process that serves all requests, and another that watches
 * it, and starts it anew when it has ended or a document has taken too long.
 */
record ServerTika(TikaPool pool) implements TikaSide {
  private static final String MAIN = "org.apache.tika.server.core.TikaServerCli";
  private static final String STARTED = "Started Apache Tika server ";
  private static final String ENDED = "forked process exited with ";
  private static final long READY_MS = 60_000;
  private static final long LOOK_NS = Duration.ofMillis(50).toNanos();

  /** How often it looks for documents that take too long; 10 s by default. */
  private static final long PULSE_MS = 200;

  @Override
  public String name() {
    return "tika-server, its watchdog";
  }

  /** From the moment on that it is to be started anew. */
  @Override
  public boolean turnsAway() {
    return true;
  }

  @Override
  public Running start(Belongings belongings) {
    int port = FreePort.find();
    List<String> line = line(settings(port));
    ServerProcess process =
        belongings.keep(() -> ServerProcess.start(line, pool.directory(), "server", _ -> {}));
    if (!Waiting.until(() -> process.log().contains(STARTED), READY_MS, LOOK_NS)) {
      throw process.failed("did not become ready");
    }
    return new Running(process, port, () -> replaced(process.log()), Optional.empty());
  }

  static long replaced(String log) {
    return log.lines().filter(line -> line.contains(ENDED)).count();
  }

  private List<String> line(Path settings) {
    String jars = pool.beside("server") + "/*" + File.pathSeparator + pool.beside("mocks") + "/*";
    return List.of(TikaPool.JAVA.toString(), "-cp", jars, MAIN, "-c", settings.toString());
  }

  /** The process that serves has the heap of all the others together. */
  private Path settings(int port) {
    String text =
        """
        <properties>
          <server>
            <params>
              <port>%d</port>
              <host>127.0.0.1</host>
              <taskTimeoutMillis>%d</taskTimeoutMillis>
              <taskPulseMillis>%d</taskPulseMillis>
              <javaPath>%s</javaPath>
              <forkedJvmArgs>
                <arg>-Xmx%dm</arg>
                <arg>%s</arg>
              </forkedJvmArgs>
            </params>
          </server>
        </properties>
        """
            .formatted(
                port,
                pool.timeout().toMillis(),
                PULSE_MS,
                TikaPool.JAVA,
                pool.processes() * TikaPool.HEAP_MIB,
                TikaPool.JVM_OPTION);
    try {
      return Files.writeString(pool.directory().resolve("tika-server.xml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
