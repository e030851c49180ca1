package dev.prefork.bench;

import java.util.List;

/** The operating figures of a run as text that is Markdown too. */
final class OperateReport {
  private final Machine machine;
  private final Table table = new Table("figure", "value", "bar", "met", "samples");
  private final StringBuilder failures = new StringBuilder();
  private long missed;

  OperateReport(Machine machine) {
    this.machine = machine;
  }

  void add(String experiment, List<Finding> findings) {
    findings.forEach(finding -> finding.addTo(table, experiment));
    missed += findings.stream().filter(Finding::isMissed).count();
  }

  /** Instead of findings: why there are none, which is a bar missed. */
  void fail(String experiment, String why) {
    add(experiment, List.of(new Finding("failed", Double.NaN, "", Bar.atMost(0), 0)));
    failures.append("\n" + experiment + " failed: " + why + "\n");
  }

  /** How many bars were not met. */
  long missed() {
    return missed;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("# Operating figures\n\n");
    text.append(machine).append(".\n");
    if (machine.isBusy()) {
      text.append("**The machine was busy before the run began: take none of this as proof.**\n");
    }
    text.append('\n').append(table).append(failures).append('\n');
    text.append(missed == 0 ? "All bars are met.\n" : "Bars missed: " + missed + ".\n");
    return text.toString();
  }
}
