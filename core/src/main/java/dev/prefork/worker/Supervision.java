package dev.prefork.worker;

import dev.prefork.accept.Recycling;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.InheritedDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The worker's side of the two pipes to its supervisor. */
public final class Supervision implements Recycling.Report {
  private final InputStream commands;
  private final OutputStream reports;

  /** Opens the worker's ends. */
  public Supervision() {
    this(
        InheritedDescriptors.input(LaunchSpec.COMMANDS_FD),
        InheritedDescriptors.output(LaunchSpec.REPORTS_FD));
  }

  /** Takes the worker's ends. */
  public Supervision(InputStream commands, OutputStream reports) {
    this.commands = commands;
    this.reports = reports;
  }

  /** Tells the supervisor something. If it is gone, nobody needs to know. */
  public void report(WorkerReport.Kind kind, String text) {
    String line = new WorkerReport(kind, text).encode() + '\n';
    try {
      reports.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // the lifeline tells us the same
    }
  }

  @Override
  public void recycle(String reason) {
    report(WorkerReport.Kind.RECYCLE, reason);
  }

  /**
   * Waits for the next command.
   *
   * @return the command; to drain if the lifeline is cut, as by the supervisor's end
   */
  public String nextCommand() {
    StringBuilder command = new StringBuilder();
    try {
      int next = commands.read();
      while (next >= 0 && next != '\n') {
        command.append((char) next);
        next = commands.read();
      }
      return next < 0 ? LaunchSpec.DRAIN_COMMAND : command.toString();
    } catch (IOException e) {
      return LaunchSpec.DRAIN_COMMAND; // a lifeline that can't be read is as good as cut
    }
  }
}
