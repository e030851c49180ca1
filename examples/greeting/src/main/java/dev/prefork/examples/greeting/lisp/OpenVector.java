package dev.prefork.examples.greeting.lisp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code #(…)} and {@code #n(…)}: a vector, the last element of which is repeated up to length n
 * (CLHS 2.4.8.3).
 */
final class OpenVector extends OpenForm {
  /** Length of a vector that is as long as its elements are many. */
  static final int AS_GIVEN = -1;

  private final OpenList list;
  private final int length;

  /**
   * Opens a vector.
   *
   * @param length {@link #AS_GIVEN}, or 0 and more, which is charged at once
   */
  OpenVector(ReadContext context, Budget budget, int length) throws LispReadException {
    super(context);
    this.list = new OpenList(context, budget);
    this.length = length;
    if (length > 0) {
      budget.charge(length);
    }
  }

  @Override
  @Nullable Datum accept(Datum datum) throws LispReadException {
    return list.accept(datum);
  }

  @Override
  void dot() throws LispReadException {
    list.dot();
  }

  @Override
  Datum close() throws LispReadException {
    Datum elements = list.close();
    if (context().suppress()) {
      return elements;
    }
    Datum[] given = LispArray.elementsOf(elements);
    if (length == AS_GIVEN || given.length == length) {
      return new LispVector(given);
    }
    if (given.length > length) {
      throw new LispReadException("vector longer than its length " + length);
    }
    if (given.length == 0) {
      throw new LispReadException("vector of length " + length + " without an element to fill it");
    }
    Datum[] filled = Arrays.copyOf(given, length);
    Arrays.fill(filled, given.length, length, given[given.length - 1]);
    return new LispVector(filled);
  }
}
