package dev.prefork.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signals that never arrive: a shell as process 1 keeps them, or they were ignored at the start.
 */
final class SignalsCheck implements Check {
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "busybox", "zsh", "ksh");
  private static final Pattern PARENT = Pattern.compile("(?m)^PPid:\\s+(\\d+)$");
  private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s+([0-9a-f]{1,16})$");
  private static final int HUP = 1;
  private static final int INT = 2;

  @Override
  public String name() {
    return "signals";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    List<Finding> findings = new ArrayList<>();
    String status = machine.read("/proc/self/status").orElse("");
    Optional<String> init = machine.read("/proc/1/comm").filter(SHELLS::contains);
    Matcher parent = PARENT.matcher(status);
    if (init.isPresent() && parent.find() && parent.group(1).equals("1")) {
      findings.addAll(
          problem(
              "process 1 is a shell (" + init.get() + ") that does not pass TERM on: a stop kills",
              "start with exec, or the array form of CMD and ENTRYPOINT in a Dockerfile"));
    }
    Matcher ignored = IGNORED.matcher(status);
    long mask = ignored.find() ? Long.parseUnsignedLong(ignored.group(1), 16) : 0;
    if (isIn(mask, HUP)) {
      findings.addAll(
          warning(
              "HUP is ignored, as nohup does, and stays so", "start without nohup; use setsid"));
    }
    if (isIn(mask, INT)) {
      findings.addAll(
          note(
              "INT is ignored, as a shell does for what it puts in the background: the supervisor"
                  + " takes it back",
              "nothing; kill -INT works"));
    }
    return findings;
  }

  private static boolean isIn(long mask, int signal) {
    return (mask >>> (signal - 1) & 1) == 1;
  }
}
