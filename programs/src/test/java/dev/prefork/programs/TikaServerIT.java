package dev.prefork.programs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/**
 * Apache Tika's server, as it is downloaded. It serves in the process that is started, and not in
 * another one that it would watch: that is what workers are for.
 */
@Tag("slow")
class TikaServerIT extends ProgramContract {
  private static final Duration PAUSE = Duration.ofMillis(1_500);

  /** Its downloaded jar holds no parser that loops. */
  @Override
  boolean findsLoops() {
    return false;
  }

  @Override
  ServerProgram program() {
    return ServerProgram.wholeJar(
        "tika-server-standard", "--noFork", "--host", "127.0.0.1", "--port", "PORT");
  }

  @Override
  Client client() throws IOException {
    return new Sender(new HttpConnection(address()));
  }

  /** Asks for the version again and again; what takes long is a document that comes slowly. */
  private record Sender(HttpConnection connection) implements Client {
    @Override
    public Answer get(String path, boolean keep) throws IOException {
      try {
        return path.equals("/")
            ? connection.get("/version", keep)
            : connection.put("/tika", "a page of text", PAUSE);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public boolean isBetweenAnswers() {
      return connection.isBetweenAnswers();
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
