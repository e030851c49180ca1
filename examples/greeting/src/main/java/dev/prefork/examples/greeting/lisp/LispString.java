package dev.prefork.examples.greeting.lisp;

/** A string. */
final class LispString extends Datum implements Sequence {
  private final String content;

  LispString(String content) {
    this.content = content;
  }

  String content() {
    return content;
  }

  @Override
  public Datum[] elements() {
    Datum[] elements = new Datum[content.codePointCount(0, content.length())];
    int at = 0;
    for (int i = 0; i < elements.length; i++) {
      int c = content.codePointAt(at);
      elements[i] = new LispCharacter(c);
      at += Character.charCount(c);
    }
    return elements;
  }

  @Override
  void print(LispWriter out) throws LispReadException {
    out.quoted(content, '"');
  }
}
