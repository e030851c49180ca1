package dev.prefork.examples.greeting.lisp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares thousands of generated data with what SBCL itself answers. */
class SbclDifferentialIT {
  private static final long SEED = 1978;
  private static final int DATA = 3_000;
  private static final int SECONDS = 60;

  /**
   * Share of the data that must agree, in percent; the rest are the known differences of docs and
   * class comments.
   */
  private static final double AGREEING = 99;

  @TempDir Path directory;

  @Test
  void answersAsSbclDoes() throws Exception {
    assumeTrue(isOnPath("sbcl"), "sbcl is not on PATH: nothing to compare with");
    List<String> data = data();
    List<String> expected = askSbcl(data);
    assertThat(expected).hasSameSizeAs(data);
    List<String> differences = new ArrayList<>();
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      String answer = Lisp.answer(data.get(i));
      if (!fold(answer).equals(fold(expected.get(i)))) {
        String line = data.get(i) + "\n  sbcl: " + expected.get(i) + "\n  here: " + answer;
        differences.add(line);
        if (expected.get(i).equals(Lisp.ERROR)) {
          accepted.add(line);
        }
      }
    }
    assertThat(accepted).as("accepted here, an error in SBCL").isEmpty();
    assertThat(100.0 * (data.size() - differences.size()) / data.size())
        .as("percent agreeing; different:\n%s", String.join("\n", differences))
        .isGreaterThanOrEqualTo(AGREEING);
  }

  private static List<String> data() {
    LispGenerator generator = new LispGenerator(new Random(SEED));
    List<String> data = new ArrayList<>();
    for (int i = 0; i < DATA; i++) {
      String datum = generator.datum(i % 5);
      data.add((i % 7 == 0 ? "`" : "") + datum + (i % 3 == 0 ? "\n" : ""));
    }
    return data;
  }

  private List<String> askSbcl(List<String> data) throws Exception {
    Path oracle = directory.resolve("sbcl-oracle.lisp");
    try (InputStream in = getClass().getResourceAsStream("sbcl-oracle.lisp")) {
      assertThat(in).isNotNull();
      Files.copy(in, oracle);
    }
    Path questions = directory.resolve("questions");
    Path answers = directory.resolve("answers");
    Files.write(questions, framed(data));
    Process sbcl =
        new ProcessBuilder("sbcl", "--script", oracle.toString())
            .redirectInput(questions.toFile())
            .redirectOutput(answers.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(sbcl.waitFor(SECONDS, TimeUnit.SECONDS)).as("sbcl ended in time").isTrue();
    } finally {
      sbcl.destroyForcibly();
    }
    return unframed(Files.readAllBytes(answers));
  }

  private static byte[] framed(List<String> texts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.write((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
    }
    return out.toByteArray();
  }

  private static List<String> unframed(byte[] bytes) throws IOException {
    List<String> texts = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    while (in.available() > 0) {
      int length = 0;
      for (int b = in.readByte(); b != '\n'; b = in.readByte()) {
        length = length * 10 + b - '0';
      }
      texts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /**
   * Makes one space of white space, except in strings, in symbols' bars and right behind {@code
   * #\}.
   */
  private static String fold(String text) {
    StringBuilder out = new StringBuilder();
    int quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\t';
      if (quote != 0 ? c == '\\' : text.startsWith("#\\", i)) {
        int end = Math.min(i + (quote != 0 ? 2 : 3), text.length());
        out.append(text, i, end);
        i = end - 1;
      } else if (quote == 0 && space) {
        if (out.length() == 0 || out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else {
        quote = quote == c ? 0 : quote == 0 && (c == '"' || c == '|') ? c : quote;
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isOnPath(String program) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
