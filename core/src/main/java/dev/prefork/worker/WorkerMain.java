package dev.prefork.worker;

import dev.prefork.ExitStatus;
import dev.prefork.launch.LaunchSpecCodec;
import dev.prefork.launch.WorkerReport;
import java.io.IOException;

/** The main class of a worker process. Its supervisor alone starts it. */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * Reads the launch spec, serves until told to drain, and exits.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Supervision supervision = new Supervision();
    supervision.report(WorkerReport.Kind.STARTED, "");
    ExitStatus status;
    try {
      Worker worker = Worker.start(LaunchSpecCodec.readInherited(), supervision);
      boolean serving = true;
      while (serving) {
        serving = worker.obey(supervision.nextCommand());
      }
      worker.obeyWhileDraining(supervision);
      status = worker.drain();
    } catch (StartFailure e) {
      supervision.report(WorkerReport.Kind.FAILED, String.valueOf(e.getMessage()));
      status = e.status();
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      supervision.report(WorkerReport.Kind.FAILED, e.toString());
      status = ExitStatus.FAILED;
    }
    System.exit(status.code());
  }
}
