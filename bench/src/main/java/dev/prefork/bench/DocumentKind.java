package dev.prefork.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a document of a corpus is: four good kinds, and three that end or occupy their parser. */
enum DocumentKind {
  TEXT(true),
  HTML(true),
  PDF(true),
  DOCX(true),
  /** Its parser calls {@link System#exit}. */
  EXIT(false),
  /** Its parser computes for ten minutes. */
  LOOP(false),
  /** Its parser exhausts the heap. */
  HEAP(false);

  static final List<DocumentKind> GOOD = List.of(TEXT, HTML, PDF, DOCX);
  static final List<DocumentKind> POISON = List.of(EXIT, LOOP, HEAP);

  private final boolean good;

  DocumentKind(boolean good) {
    this.good = good;
  }

  /** Whether its text can be had. */
  boolean isGood() {
    return good;
  }

  /**
   * A document of this kind.
   *
   * @param lines of ASCII letters and blanks; poison has no use for them
   */
  byte[] documentOf(List<String> lines) {
    return switch (this) {
      case TEXT -> bytes(String.join("\n", lines) + "\n");
      case HTML ->
          bytes(
              "<!DOCTYPE html><html><head><title>a page</title></head><body><p>"
                  + String.join("</p><p>", lines)
                  + "</p></body></html>\n");
      case PDF -> PdfDocument.of(lines);
      case DOCX -> DocxDocument.of(lines);
      case EXIT -> mock("<system_exit/>");
      case LOOP -> mock("<hang millis=\"600000\" heavy=\"true\" pulse_millis=\"100\"/>");
      case HEAP -> mock("<oom/>");
    };
  }

  /** For the mock parser among Tika's own tests, which does what such a document says. */
  private static byte[] mock(String action) {
    return bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mock>" + action + "</mock>\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
