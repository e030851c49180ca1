package dev.prefork.examples.tika;

import java.io.IOException;
import java.time.Duration;
import org.apache.tika.exception.TikaException;

/**
 * The same server as {@link TikaServer}, with Tika's own answer to bad documents: parsers in
 * processes that it forks, watches and replaces (package {@code org.apache.tika.pipes}).
 */
public final class PipesTikaServer {
  private PipesTikaServer() {}

  /**
   * Serves.
   *
   * @param args port (0 for a free one, which is printed), parsing processes, milliseconds that a
   *     document may take, heap of each process as {@code -Xmx} takes it
   */
  public static void main(String[] args) throws IOException, TikaException {
    PipesExtraction extraction =
        PipesExtraction.start(
            Integer.parseInt(args[1]), Duration.ofMillis(Long.parseLong(args[2])), args[3]);
    Runtime.getRuntime().addShutdownHook(new Thread(extraction::close));
    new ExtractionServer(Integer.parseInt(args[0]), extraction).start();
  }
}
