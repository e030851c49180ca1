package dev.prefork;

/** How log lines are written. */
public enum LogFormat {
  /** For people: fields separated by spaces. */
  TEXT,
  /** For programs: one JSON object a line. */
  JSON
}
