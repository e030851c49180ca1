package dev.prefork.examples.greeting.lisp;

import java.util.ArrayList;
import java.util.List;

/** An array of no dimension or of more than one. */
final class LispArray extends Datum {
  private final int[] dimensions;
  private final Datum[] elements;
  private final int height;

  private LispArray(int[] dimensions, Datum[] elements) throws LispReadException {
    this.dimensions = dimensions;
    this.elements = elements;
    int highest = 0;
    for (Datum element : elements) {
      highest = Math.max(highest, above(element.height()));
    }
    this.height = highest;
  }

  /** Reads {@code #nA contents} (CLHS 2.4.8.12): the first elements' lengths are the dimensions. */
  static Datum ofRank(int rank, Datum contents, Budget budget) throws LispReadException {
    if (rank > Limits.RANK) {
      throw new LispReadException("array of more than " + Limits.RANK + " dimensions");
    }
    int[] dimensions = new int[rank];
    Datum first = contents;
    for (int axis = 0; axis < rank; axis++) {
      Datum[] row = elementsOf(first);
      dimensions[axis] = row.length;
      if (row.length == 0) {
        break;
      }
      first = row[0];
    }
    return filled(dimensions, contents, "T", budget);
  }

  /**
   * Reads SBCL's {@code #A(dimensions element-type . contents)}, for the element types T, BIT and
   * CHARACTER.
   */
  static Datum typed(Datum datum, Budget budget) throws LispReadException {
    if (datum instanceof Cons whole
        && whole.cdr() instanceof Cons rest
        && rest.car() instanceof Symbol type
        && type.isAccessible()) {
      Datum[] given =
          whole.car() instanceof LispInteger ? new Datum[] {whole.car()} : elementsOf(whole.car());
      if (given.length > Limits.RANK) {
        throw new LispReadException("array of more than " + Limits.RANK + " dimensions");
      }
      int[] dimensions = new int[given.length];
      for (int i = 0; i < given.length; i++) {
        dimensions[i] = dimension(given[i]);
      }
      return filled(dimensions, rest.cdr(), type.name(), budget);
    }
    throw new LispReadException("array neither of #nA nor of #A(dimensions type . contents)");
  }

  private static int dimension(Datum datum) throws LispReadException {
    if (datum instanceof LispInteger size
        && size.value() >= 0
        && size.value() <= Integer.MAX_VALUE) {
      return (int) size.value();
    }
    throw new LispReadException("dimension of an array out of range");
  }

  private static Datum filled(int[] dimensions, Datum contents, String type, Budget budget)
      throws LispReadException {
    List<Datum> elements = new ArrayList<>();
    collect(dimensions, 0, contents, elements, budget);
    Datum[] array = elements.toArray(new Datum[0]);
    // Only a vector prints as its element type has it.
    boolean vector = dimensions.length == 1;
    Datum special =
        switch (type) {
          case "T" -> vector ? new LispVector(array) : Symbol.NIL;
          case "BIT" -> new BitVector(bits(array));
          case "CHARACTER", "BASE-CHAR" -> new LispString(text(array));
          default ->
              throw new LispReadException(
                  "array of an element type other than T, BIT and CHARACTER");
        };
    return vector ? special : new LispArray(dimensions, array);
  }

  private static void collect(
      int[] dimensions, int axis, Datum contents, List<Datum> elements, Budget budget)
      throws LispReadException {
    budget.charge(1);
    if (axis == dimensions.length) {
      elements.add(contents);
      return;
    }
    Datum[] row = elementsOf(contents);
    if (row.length != dimensions[axis]) {
      throw new LispReadException("array of rows of different length");
    }
    for (Datum element : row) {
      collect(dimensions, axis + 1, element, elements, budget);
    }
  }

  /**
   * Returns the elements of a proper list or a vector.
   *
   * @throws LispReadException if it is something else
   */
  static Datum[] elementsOf(Datum sequence) throws LispReadException {
    if (sequence instanceof Sequence vector) {
      return vector.elements();
    }
    int length = 0;
    Datum rest = sequence;
    while (rest instanceof Cons next) {
      length++;
      rest = next.cdr();
    }
    if (rest != Symbol.NIL) {
      throw new LispReadException("list or vector expected");
    }
    Datum[] elements = new Datum[length];
    rest = sequence;
    for (int i = 0; rest instanceof Cons next; i++) {
      elements[i] = next.car();
      rest = next.cdr();
    }
    return elements;
  }

  private static String bits(Datum[] elements) throws LispReadException {
    StringBuilder bits = new StringBuilder(elements.length);
    for (Datum element : elements) {
      if (!(element instanceof LispInteger bit) || (bit.value() != 0 && bit.value() != 1)) {
        throw new LispReadException("element of an array of bits is none");
      }
      bits.append(bit.value());
    }
    return bits.toString();
  }

  private static String text(Datum[] elements) throws LispReadException {
    StringBuilder text = new StringBuilder(elements.length);
    for (Datum element : elements) {
      if (!(element instanceof LispCharacter character)) {
        throw new LispReadException("element of an array of characters is none");
      }
      text.appendCodePoint(character.code());
    }
    return text.toString();
  }

  @Override
  int height() {
    return height;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.append('#');
    out.append(Integer.toString(dimensions.length));
    out.append('A');
    if (elements.length == 0) {
      printEmpty(0, out);
    } else {
      out.then(new Elements());
    }
  }

  /** Prints the rows of an array without elements, in each row of which some row has none. */
  private void printEmpty(int axis, LispWriter out) throws LispReadException {
    out.append('(');
    for (int row = 0; row < dimensions[axis]; row++) {
      if (row > 0) {
        out.append(' ');
      }
      printEmpty(axis + 1, out);
    }
    out.append(')');
  }

  /**
   * Elements still to be printed, in row-major order, with the parentheses of the rows that begin
   * and end at them.
   */
  private final class Elements extends Printable {
    private int next;

    @Override
    void print(LispWriter out) throws LispReadException {
      if (next > 0) {
        out.append(")".repeat(rowsAt(next)));
      }
      if (next == elements.length) {
        return;
      }
      if (next > 0) {
        out.append(' ');
      }
      out.append("(".repeat(rowsAt(next)));
      out.then(this);
      out.then(elements[next++]);
    }

    /** How many rows have an end or a beginning before element {@code index}. */
    private int rowsAt(int index) {
      int rows = 0;
      int size = 1;
      for (int axis = dimensions.length - 1; axis >= 0; axis--) {
        size *= dimensions[axis];
        rows += index % size == 0 ? 1 : 0;
      }
      return rows;
    }
  }
}
