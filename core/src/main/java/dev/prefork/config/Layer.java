package dev.prefork.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one source gave, in its order, and what of it is refused. */
public final class Layer {
  private final List<Given> given = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Takes a value; one that is not of its option's type, or out of range, becomes a problem. */
  public void give(Option<?> option, String text, Source source) {
    if (option.type().parse(text) == null) {
      refuse(source, option.refusal(text));
    } else {
      given.add(new Given(option, text, source));
    }
  }

  /** Adds a problem. */
  public void refuse(Source source, String message) {
    problems.add(new Problem(source, message));
  }

  /** The values that are right, in the order given. */
  public List<Given> given() {
    return Collections.unmodifiableList(given);
  }

  /** What is wrong, in the order found. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }
}
