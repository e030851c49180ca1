package dev.prefork.examples.tika;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
  private final Parser parser = new AutoDetectParser();

  /** Loads the parsers, and has used them once: the first document shall not wait for that. */
  InProcessExtraction() throws UnreadableException {
    var _ = textOf("ready".getBytes(StandardCharsets.US_ASCII));
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
