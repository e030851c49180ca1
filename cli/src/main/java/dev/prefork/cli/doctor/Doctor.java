package dev.prefork.cli.doctor;

import dev.prefork.json.JsonWriter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs every check and prints what they find, each with its fix. */
public final class Doctor {
  /** The exit code if there is a finding of level problem. */
  public static final int PROBLEMS = 1;

  private static final List<Check> CHECKS =
      List.of(
          new JavaCheck(),
          new SignalsCheck(),
          new BacklogCheck(),
          new OpenFilesCheck(),
          new ProcessesCheck(),
          new MemoryCheck(),
          new HugePagesCheck(),
          new RuntimeDirectoryCheck(),
          new StopTimeoutCheck());

  private final Machine machine;

  Doctor(Machine machine) {
    this.machine = machine;
  }

  /** A doctor for the machine that we are on. */
  public static Doctor ofThisMachine(Map<String, String> environment) {
    return new Doctor(new ThisMachine(environment));
  }

  /**
   * Checks the machine and prints what it finds.
   *
   * @param asJson one object instead of lines for people
   * @return the exit code: 0, or {@link #PROBLEMS}
   */
  public int check(Plan plan, boolean asJson, PrintStream out) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : CHECKS) {
      findings.addAll(check.find(machine, plan));
    }
    findings.sort((a, b) -> a.level().compareTo(b.level())); // keeps the order within a level
    long problems = count(findings, Finding.Level.PROBLEM);
    if (asJson) {
      out.println(json(findings, problems));
    } else {
      findings.forEach(finding -> print(finding, out));
      out.println(
          CHECKS.size()
              + " checks; problems: "
              + problems
              + ", warnings: "
              + count(findings, Finding.Level.WARNING)
              + ", notes: "
              + count(findings, Finding.Level.NOTE));
    }
    return problems == 0 ? 0 : PROBLEMS;
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static void print(Finding finding, PrintStream out) {
    out.println(word(finding) + " " + finding.check() + ": " + finding.text());
    out.println("  fix: " + finding.fix());
  }

  private static String json(List<Finding> findings, long problems) {
    JsonWriter json = new JsonWriter().beginObject().name("findings").beginArray();
    for (Finding finding : findings) {
      json.beginObject()
          .field("level", word(finding))
          .field("check", finding.check())
          .field("text", finding.text())
          .field("fix", finding.fix())
          .endObject();
    }
    return json.endArray()
        .field("checks", CHECKS.size())
        .field("problems", problems)
        .endObject()
        .toString();
  }

  private static String word(Finding finding) {
    return finding.level().name().toLowerCase(Locale.ROOT);
  }
}
