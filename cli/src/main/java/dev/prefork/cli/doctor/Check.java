package dev.prefork.cli.doctor;

import java.util.List;

/** Compares one fact of a machine with a plan. What can't be read is not complained about. */
interface Check {
  /** For people and programs: {@code open-files}. */
  String name();

  /** What is wrong; empty if nothing is. */
  List<Finding> find(Machine machine, Plan plan);

  /** A server of this plan will fail. */
  default List<Finding> problem(String text, String fix) {
    return List.of(new Finding(Finding.Level.PROBLEM, name(), text, fix));
  }

  /** A server of this plan costs more than it must, or may fail. */
  default List<Finding> warning(String text, String fix) {
    return List.of(new Finding(Finding.Level.WARNING, name(), text, fix));
  }

  /** Good to know. */
  default List<Finding> note(String text, String fix) {
    return List.of(new Finding(Finding.Level.NOTE, name(), text, fix));
  }
}
