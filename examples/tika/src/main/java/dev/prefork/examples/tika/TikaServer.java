package dev.prefork.examples.tika;

import dev.prefork.examples.tika.Extraction.UnreadableException;
import java.io.IOException;

/** Extracts text in its own process: {@code java -jar tika.jar 9998}, or a worker of Prefork. */
public final class TikaServer {
  private TikaServer() {}

  /**
   * Serves.
   *
   * @param args the port; 0 for a free one, which is printed
   */
  public static void main(String[] args) throws IOException, UnreadableException {
    new ExtractionServer(Integer.parseInt(args[0]), new InProcessExtraction()).start();
  }
}
