package dev.prefork.examples.greeting.lisp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of one datum. */
final class Labels {
  /**
   * By number as written without leading zeros: numbers may be of any size. Null while the labelled
   * datum is open.
   */
  private final Map<String, @Nullable Datum> data = new HashMap<>();

  Labels() {}

  void open(String label) throws LispReadException {
    if (data.containsKey(label)) {
      throw new LispReadException("label #" + LispReadException.excerpt(label) + "= twice");
    }
    data.put(label, null);
  }

  void close(String label, Datum datum) {
    data.put(label, datum);
  }

  /**
   * Returns the labelled datum, which must be complete: what contained itself could not be printed.
   */
  Datum get(String label) throws LispReadException {
    Datum datum = data.get(label);
    if (datum == null) {
      String reference = "#" + LispReadException.excerpt(label) + "#";
      boolean circle = data.containsKey(label);
      throw new LispReadException(
          (circle ? "circular structure at " : "no label for ") + reference);
    }
    return datum;
  }
}
