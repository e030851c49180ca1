package dev.prefork.examples.tika;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.SAXException;

/** Tika in this JVM: a document that exits, loops or exhausts the heap does it here. */
final class InProcessExtraction implements Extraction {
  /** A page each, beside this class. */
  private static final List<String> SAMPLES =
      List.of("sample.txt", "sample.html", "sample.pdf", "sample.docx");

  private final Parser parser = new AutoDetectParser();

  /**
   * Loads the parsers, and has used those that are used most: the first documents shall not wait
   * for that, and an ahead-of-time cache of the start holds their classes, too.
   */
  InProcessExtraction() throws IOException, UnreadableException {
    for (String sample : SAMPLES) {
      try (InputStream in = InProcessExtraction.class.getResourceAsStream(sample)) {
        if (in == null) {
          throw new AssertionError(sample + " is missing from the jar"); // cannot happen
        }
        var _ = textOf(in.readAllBytes());
      }
    }
  }

  @Override
  public String textOf(byte[] document) throws UnreadableException {
    StringWriter text = new StringWriter();
    try (TikaInputStream in = TikaInputStream.get(document)) {
      parser.parse(in, new BodyContentHandler(text), new Metadata(), new ParseContext());
      return text.toString();
    } catch (TikaException | SAXException | IOException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()));
    }
  }
}
