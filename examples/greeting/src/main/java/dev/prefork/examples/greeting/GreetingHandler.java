package dev.prefork.examples.greeting;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;

/** Answers the greeting protocol. */
public final class GreetingHandler implements ConnectionHandler {

  /** Called once by each worker. */
  public GreetingHandler() {}

  @Override
  public void handle(Connection connection) throws Exception {
    connection.output().write('x');
  }
}
