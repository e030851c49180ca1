package dev.prefork.cli.doctor;

/**
 * Something that is not as it should be.
 *
 * @param level how much it matters
 * @param check which check found it
 * @param text what is wrong, with the numbers
 * @param fix the next step
 */
record Finding(Level level, String check, String text, String fix) {
  /** How much a finding matters. */
  enum Level {
    /** The server will fail, now or under load. */
    PROBLEM,
    /** Something costs more than it must, or may go wrong. */
    WARNING,
    /** Good to know. */
    NOTE
  }
}
