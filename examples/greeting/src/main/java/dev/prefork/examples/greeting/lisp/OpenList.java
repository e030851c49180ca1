package dev.prefork.examples.greeting.lisp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code (…)}: a list (CLHS 2.4.1). */
final class OpenList extends OpenForm {
  private final List<Datum> elements = new ArrayList<>(4);
  private final Budget budget;
  private @Nullable Datum tail;
  private boolean dotted;

  OpenList(ReadContext context, Budget budget) {
    super(context);
    this.budget = budget;
  }

  @Override
  @Nullable Datum accept(Datum datum) throws LispReadException {
    if (context().suppress()) {
      return null;
    }
    budget.charge(1);
    if (!dotted) {
      elements.add(datum);
    } else if (tail != null) {
      throw new LispReadException("more than one object after the dot of a list");
    } else if (datum instanceof Comma comma && comma.splices()) {
      throw new LispReadException("splicing comma after the dot of a list");
    } else {
      tail = datum;
    }
    return null;
  }

  @Override
  void dot() throws LispReadException {
    if (dotted) {
      throw new LispReadException("second dot in a list");
    }
    if (elements.isEmpty()) {
      throw new LispReadException("nothing before the dot of a list");
    }
    dotted = true;
  }

  @Override
  Datum close() throws LispReadException {
    if (dotted && tail == null) {
      throw new LispReadException("nothing after the dot of a list");
    }
    Datum list = tail == null ? Symbol.NIL : tail;
    for (int i = elements.size() - 1; i >= 0; i--) {
      list = new Cons(elements.get(i), list);
    }
    return list;
  }
}
