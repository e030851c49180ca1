package dev.prefork.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The example's server, which knows no processes, in workers of Prefork.
 *
 * @param launcher the {@code prefork} command
 */
record PreforkTika(Path launcher, TikaPool pool) implements TikaSide {

  @Override
  public String name() {
    return "Prefork, " + pool.processes() + " workers and " + TikaPool.SPARES + " spares";
  }

  @Override
  public Running start(Belongings belongings) {
    int port = FreePort.find();
    List<String> words =
        List.of(
            "run",
            pool.program().toString(),
            "--argument=" + port,
            "--workers",
            Integer.toString(pool.processes()),
            "--spares",
            Integer.toString(TikaPool.SPARES),
            "--worker-jvm-option",
            TikaPool.JVM_OPTION,
            "--worker-connections",
            "1",
            "--worker-heap",
            TikaPool.HEAP_MIB + "MiB",
            "--request-timeout",
            pool.timeout().toMillis() + "ms");
    ReadyServer server =
        new ReadyServer.Command(
                launcher,
                words,
                port,
                pool.directory().resolve("caches").toString(),
                pool.directory(),
                "tika")
            .start(belongings);
    OperatedServer operated = new OperatedServer(server);
    long spawned = operated.awaitSettled().spawned();
    return new Running(
        server.process(),
        port,
        () -> operated.status().spawned() - spawned,
        Optional.of(() -> operated.status().accepting()));
  }
}
