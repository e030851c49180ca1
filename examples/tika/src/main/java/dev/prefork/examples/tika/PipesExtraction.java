package dev.prefork.examples.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.pipes.FetchEmitTuple;
import org.apache.tika.pipes.PipesConfig;
import org.apache.tika.pipes.PipesException;
import org.apache.tika.pipes.PipesParser;
import org.apache.tika.pipes.PipesResult;
import org.apache.tika.pipes.emitter.EmitKey;
import org.apache.tika.pipes.fetcher.FetchKey;

/** Tika in processes that Tika forks, watches and replaces: documents reach them as files. */
final class PipesExtraction implements Extraction, AutoCloseable {
  private static final String FETCHER = "documents";

  /** Few of these processes live long enough for the second compiler's work to pay. */
  private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

  private final Path directory;
  private final PipesParser parser;

  private PipesExtraction(Path directory, PipesParser parser) {
    this.directory = directory;
    this.parser = parser;
  }

  /**
   * Prepares the processes, each of which starts with its first document.
   *
   * @param processes how many
   * @param timeout what one document may take; its process is ended then
   * @param heap of each, as {@code -Xmx} takes it
   */
  static PipesExtraction start(int processes, Duration timeout, String heap)
      throws IOException, TikaException {
    Path directory = Files.createTempDirectory("tika-pipes-");
    Path settings = Files.writeString(directory.resolve("tika.xml"), settings(directory));
    PipesConfig config = PipesConfig.load(settings);
    config.setNumClients(processes);
    config.setTimeoutMillis(timeout.toMillis());
    config.setForkedJvmArgs(List.of("-Xmx" + heap, FIRST_COMPILER_ALONE));
    config.setJavaPath(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    config.setMaxForEmitBatchBytes(-1); // all text comes back, however long it is
    return new PipesExtraction(directory, new PipesParser(config));
  }

  private static String settings(Path directory) {
    return """
    <properties>
      <fetchers>
        <fetcher class="org.apache.tika.pipes.fetcher.fs.FileSystemFetcher">
          <name>%s</name>
          <basePath>%s</basePath>
        </fetcher>
      </fetchers>
      <pipes/>
    </properties>
    """
        .formatted(FETCHER, directory);
  }

  @Override
  public String textOf(byte[] document) throws UnreadableException, UnavailableException {
    try {
      Path file = Files.createTempFile(directory, "document-", "");
      try {
        Files.write(file, document);
        return textOf(file.getFileName().toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String textOf(String name) throws UnreadableException, UnavailableException, IOException {
    try {
      FetchKey from = new FetchKey(FETCHER, name);
      return textOf(parser.parse(new FetchEmitTuple(name, from, new EmitKey("", name))));
    } catch (PipesException e) {
      throw new UnavailableException(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted");
    }
  }

  private static String textOf(PipesResult result)
      throws UnreadableException, UnavailableException {
    return switch (result.getStatus()) {
      case PARSE_SUCCESS -> textOf(result.getEmitData().getMetadataList());
      case PARSE_SUCCESS_WITH_EXCEPTION,
          PARSE_EXCEPTION_EMIT,
          PARSE_EXCEPTION_NO_EMIT,
          EMPTY_OUTPUT ->
          throw new UnreadableException(String.valueOf(result.getMessage()));
      default -> throw new UnavailableException(result.getStatus().toString());
    };
  }

  /** Of the document and of what is embedded in it. */
  private static String textOf(List<Metadata> parts) {
    StringBuilder text = new StringBuilder();
    for (Metadata part : parts) {
      String content = part.get(TikaCoreProperties.TIKA_CONTENT);
      text.append(content == null ? "" : content);
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      parser.close();
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // left in the temporary directory, where it harms nobody
    }
  }
}
