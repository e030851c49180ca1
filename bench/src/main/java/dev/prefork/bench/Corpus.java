package dev.prefork.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Documents in the order in which they are sent, the same for the same seed. Pure. */
final class Corpus {
  /** One document in so many is poison. */
  static final int ONE_POISON_IN = 50;

  private static final int LEAST_LINES = 5;
  private static final int MOST_LINES = 80;
  private static final int WORDS_A_LINE = 10;
  private static final List<String> WORDS =
      List.of(
          "the",
          "process",
          "reads",
          "what",
          "strangers",
          "wrote",
          "and",
          "page",
          "after",
          "page",
          "a",
          "table",
          "of",
          "figures",
          "without",
          "an",
          "end",
          "is",
          "all",
          "that",
          "one",
          "finds",
          "in",
          "it");

  private final Random random;

  private Corpus(long seed) {
    random = new Random(seed);
  }

  /**
   * As many documents, the poison among them in any place.
   *
   * @param size how many; one in {@value #ONE_POISON_IN} is poison, a third of each kind
   */
  static List<Document> of(int size, long seed) {
    return new Corpus(seed).make(size, size / ONE_POISON_IN);
  }

  /** Good ones alone. */
  static List<Document> good(int size, long seed) {
    return new Corpus(seed).make(size, 0);
  }

  private List<Document> make(int size, int poison) {
    List<DocumentKind> kinds = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<DocumentKind> some = i < poison ? DocumentKind.POISON : DocumentKind.GOOD;
      kinds.add(some.get(i % some.size()));
    }
    Collections.shuffle(kinds, random);
    List<Document> documents = new ArrayList<>();
    for (DocumentKind kind : kinds) {
      documents.add(document(kind, "this was document " + documents.size()));
    }
    return documents;
  }

  private Document document(DocumentKind kind, String end) {
    List<String> lines = new ArrayList<>();
    int count = random.nextInt(LEAST_LINES, MOST_LINES);
    for (int i = 0; i < count; i++) {
      lines.add(line());
    }
    lines.add(end);
    return new Document(kind, kind.documentOf(lines), end);
  }

  private String line() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS_A_LINE; i++) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return String.join(" ", words);
  }
}
