package dev.prefork.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * This project's greeting server in one accept mode; all else as by default.
 *
 * @param launcher the {@code prefork} command
 * @param mode its {@code --accept}
 * @param directory its runtime directory and log go here
 */
record PreforkDemo(Path launcher, String mode, Path directory) implements Side {

  @Override
  public String name() {
    return "prefork " + mode;
  }

  @Override
  public RunningServer start(Belongings belongings) {
    ReadyServer server =
        ReadyServer.Command.ofOwnCaches(
                launcher, List.of("demo", "--accept", mode), directory, mode)
            .start(belongings);
    return new RunningServer(this, server.process(), server.port(), server.readyMs());
  }
}
