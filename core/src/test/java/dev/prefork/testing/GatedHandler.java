package dev.prefork.testing;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import java.nio.file.Files;
import java.nio.file.Path;

/** Its constructor waits until the file {@link #GATE} stands in the working directory. */
public final class GatedHandler implements ConnectionHandler {
  /** The file's name. */
  public static final String GATE = "gate";

  /** Waits. */
  public GatedHandler() {
    Await.until("the gate", () -> Files.exists(Path.of(GATE)));
  }

  @Override
  public void handle(Connection connection) {}
}
