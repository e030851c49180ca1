package dev.prefork.war;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkWorker;

/** The program that {@code prefork run app.war} starts in each worker. */
public final class Main {
  private Main() {}

  /**
   * Serves until TERM.
   *
   * @param args of {@link WarConfig}
   */
  public static void main(String[] args) {
    PreforkWorker worker = PreforkWorker.current().orElse(null);
    if (worker == null) {
      System.err.println("this program is started by prefork run app.war, and not by itself");
      System.exit(ExitStatus.USAGE.code());
    } else {
      serve(worker, args);
    }
  }

  /** Returns when it serves: the threads of Jetty keep the JVM alive. */
  private static void serve(PreforkWorker worker, String[] args) {
    try {
      new WarServer(WarConfig.parse(args), worker).start();
    } catch (WarException e) {
      worker.failed(String.valueOf(e.getMessage()));
      System.exit(ExitStatus.CONFIGURATION.code());
    } catch (Exception e) {
      e.printStackTrace();
      worker.failed("the application could not be started: " + e);
      System.exit(ExitStatus.FAILED.code());
    }
  }
}
