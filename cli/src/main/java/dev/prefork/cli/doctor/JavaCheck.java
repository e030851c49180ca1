package dev.prefork.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether this JDK has what a supervisor and its workers use of it. */
final class JavaCheck implements Check {
  private static final int TESTED = 25;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Finding> find(Machine machine, Plan plan) {
    Machine.JavaFacts java = machine.java();
    String another = "a complete JDK " + TESTED + " (PREFORK_JAVA_HOME)";
    List<Finding> findings = new ArrayList<>();
    if (!java.hasSignals()) {
      findings.addAll(problem("this JDK lacks the module jdk.unsupported: no signals", another));
    }
    if (!java.adoptsDescriptors()) {
      findings.addAll(
          problem("workers of this JDK can't adopt a listener: another sun.nio.ch", another));
    }
    if (java.feature() != TESTED) {
      findings.addAll(warning("Java " + java.feature() + " is untested", another));
    }
    if (!java.hasArchive()) {
      findings.addAll(
          warning(
              "this JDK has no class-data-sharing archive: workers start slower and share less",
              "java -Xshare:dump, as the owner of the JDK"));
    }
    if (!java.nativeAccess()) {
      findings.addAll(
          warning(
              "native access is not enabled for this JVM: it warns at each start, and a later Java"
                  + " refuses",
              "the launcher, or --enable-native-access=ALL-UNNAMED"));
    }
    return findings;
  }
}
