package dev.prefork.examples.greeting.lisp;

/** {@code #n=}: a datum that {@code #n#} means later (CLHS 2.4.8.15). */
final class OpenLabel extends OpenForm {
  private final Labels labels;
  private final String label;

  OpenLabel(ReadContext context, Labels labels, String label) throws LispReadException {
    super(context);
    this.labels = labels;
    this.label = label;
    labels.open(label);
  }

  @Override
  Datum accept(Datum datum) {
    labels.close(label, datum);
    return datum;
  }
}
