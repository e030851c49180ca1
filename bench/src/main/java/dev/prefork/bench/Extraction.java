package dev.prefork.bench;

/**
 * One document that was sent, once.
 *
 * @param startS when its client began, in seconds since the run began
 * @param takenS when it was sent: later, if the client was refused or turned away before
 * @param endS when its answer was complete, or its connection over
 */
record Extraction(DocumentKind kind, double startS, double takenS, double endS, Outcome outcome) {

  boolean isGood() {
    return kind.isGood();
  }

  /** Whether its text came. */
  boolean isExtracted() {
    return isGood() && outcome == Outcome.OK;
  }

  double seconds() {
    return endS - startS;
  }
}
