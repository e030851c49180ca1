package dev.prefork.examples.greeting;

import dev.prefork.Connection;
import dev.prefork.ConnectionHandler;
import dev.prefork.ConnectionTimeoutException;
import dev.prefork.examples.greeting.lisp.Datum;
import dev.prefork.examples.greeting.lisp.LispPrinter;
import dev.prefork.examples.greeting.lisp.LispReadException;
import dev.prefork.examples.greeting.lisp.LispReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The greeting protocol of the original: a line (the client's id) and one Lisp datum in, {@code
 * Hello ID, this is PID N}, a newline and the datum as Lisp prints it out. Nothing is ever
 * evaluated.
 *
 * <p>What can't be read is answered {@code Sorry ID, this is PID N}, a newline and {@code
 * (:READ-ERROR "what, where")}; a client that is too slow is told {@code (:TIMEOUT "…")}.
 */
public final class GreetingHandler implements ConnectionHandler {

  /** Called once by each worker. */
  public GreetingHandler() {}

  @Override
  public void handle(Connection connection) throws IOException {
    InputStream input = connection.input();
    ClientId id = new ClientId();
    try {
      id.read(input);
      Datum datum = new LispReader(input).read();
      answer(connection, "Hello ", id, LispPrinter.print(datum));
    } catch (LispReadException e) {
      connection.expectUnreadInput();
      answer(connection, "Sorry ", id, "(:READ-ERROR " + e.messageAsLispString() + ")");
    } catch (ConnectionTimeoutException e) {
      connection.expectUnreadInput();
      answer(connection, "Sorry ", id, "(:TIMEOUT \"the datum took too long to arrive\")");
    }
  }

  private static void answer(Connection connection, String greeting, ClientId id, String datum)
      throws IOException {
    long pid = connection.worker().pid();
    String answer = greeting + id.text() + ", this is PID " + pid + "\n" + datum;
    connection.output().write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
