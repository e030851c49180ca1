package dev.prefork.launch;

import dev.prefork.launch.WorkerReport.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a command says of itself in the manner of sd_notify(3): a message of lines NAME=value. */
public final class Notification {
  private static final String STATUS = "STATUS=";

  private Notification() {}

  /**
   * Reads a message: READY=1, STOPPING=1 and STATUS=… are reports; the rest, as WATCHDOG=1, asks
   * for nothing here.
   */
  public static List<WorkerReport> parse(String message) {
    List<WorkerReport> reports = new ArrayList<>();
    for (String line : message.split("\n", -1)) {
      if (line.equals("READY=1")) {
        reports.add(new WorkerReport(Kind.READY, ""));
      } else if (line.equals("STOPPING=1")) {
        reports.add(new WorkerReport(Kind.LEAVING, ""));
      } else if (line.startsWith(STATUS)) {
        reports.add(new WorkerReport(Kind.STATUS, line.substring(STATUS.length())));
      }
    }
    return reports;
  }
}
