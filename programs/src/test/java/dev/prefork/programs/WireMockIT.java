package dev.prefork.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** WireMock, standalone, as it is downloaded. */
@Tag("slow")
class WireMockIT extends ProgramContract {
  private static final String ANSWERS =
      """
      {"mappings": [
        {"request": {"url": "/"}, "response": {"status": 200, "body": "here"}},
        {"request": {"url": "/1500"},
         "response": {"status": 200, "body": "late", "fixedDelayMilliseconds": 1500}}]}
      """;

  /** It answers as it is told, and can't be told to loop. */
  @Override
  boolean findsLoops() {
    return false;
  }

  @Override
  ServerProgram program() {
    Path mappings = commands.directory().resolve("mappings");
    try {
      Files.createDirectory(mappings);
      Files.writeString(mappings.resolve("answers.json"), ANSWERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String root = commands.directory().toString();
    return ServerProgram.wholeJar(
        "wiremock-standalone", "--port", "PORT", "--root-dir", root, "--no-request-journal");
  }
}
