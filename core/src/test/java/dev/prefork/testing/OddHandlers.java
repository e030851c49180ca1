package dev.prefork.testing;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Handlers whose construction is the test. */
public final class OddHandlers {
  private OddHandlers() {}

  private static void answer(Connection connection) throws IOException {
    connection.output().write("here\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Its constructor throws. */
  public static final class Failing implements ConnectionHandler {
    /** Throws. */
    public Failing() {
      throw new IllegalStateException("the database is down");
    }

    @Override
    public void handle(Connection connection) {}
  }

  /** Its constructor never returns. */
  public static final class Stuck implements ConnectionHandler {
    /** Waits for ever. */
    public Stuck() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public void handle(Connection connection) {}
  }

  /** Its constructor ends the worker. */
  public static final class Exiting implements ConnectionHandler {
    /** Exits. */
    public Exiting() {
      System.exit(9);
    }

    @Override
    public void handle(Connection connection) {}
  }

  /** Can be constructed in slot 0 alone. */
  public static final class OnlyInSlot0 implements ConnectionHandler {
    /** Throws elsewhere. */
    public OnlyInSlot0() {
      if (!"0".equals(System.getProperty("prefork.worker"))) {
        throw new IllegalStateException("not in this slot");
      }
    }

    @Override
    public void handle(Connection connection) throws IOException {
      answer(connection);
    }
  }

  /** Its constructor is not public. */
  public static final class Hidden implements ConnectionHandler {
    private Hidden() {}

    @Override
    public void handle(Connection connection) {}
  }

  /** Implements something else. */
  public static final class NoHandler {
    /** Does nothing. */
    public NoHandler() {}
  }
}
