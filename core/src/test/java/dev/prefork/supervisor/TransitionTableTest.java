package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Compares the table of transitions with the reviewed one. {@code mvn -Dprefork.golden.write=true
 * -pl core test -Dtest=TransitionTableTest} writes it anew; read the difference before you commit.
 */
class TransitionTableTest {
  private static final Path REVIEWED =
      Path.of("src/test/resources/dev/prefork/supervisor/transitions.txt");

  @Test
  void theTransitionsAreTheReviewedOnes() throws IOException {
    String table = TransitionTable.print();
    if (Boolean.getBoolean("prefork.golden.write")) {
      Files.writeString(REVIEWED, table);
    }

    assertThat(table).isEqualTo(Files.readString(REVIEWED));
  }
}
