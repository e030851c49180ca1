package dev.prefork.worker;

import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.WorkerReport;
import dev.prefork.posix.InheritedDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The worker's side of the two pipes to its supervisor. */
final class Supervision {
  private final InputStream commands = InheritedDescriptors.input(LaunchSpec.COMMANDS_FD);
  private final OutputStream reports = InheritedDescriptors.output(LaunchSpec.REPORTS_FD);

  /** Tells the supervisor something. If it is gone, nobody needs to know. */
  void report(WorkerReport.Kind kind, String text) {
    String line = new WorkerReport(kind, text).encode() + '\n';
    try {
      reports.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // the lifeline tells us the same
    }
  }

  /**
   * Waits for the end of this worker's service. There is but one command, to drain, and end of file
   * (the supervisor is gone) means the same: so whatever comes is the end.
   */
  void awaitEnd() {
    try {
      var _ = commands.read();
    } catch (IOException e) {
      // a lifeline that can't be read is as good as cut
    }
  }
}
