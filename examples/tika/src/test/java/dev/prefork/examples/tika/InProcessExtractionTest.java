package dev.prefork.examples.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.examples.tika.Extraction.UnreadableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InProcessExtractionTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theTypeIsFoundOut() throws Exception {
    InProcessExtraction extraction = new InProcessExtraction();
    assertThat(extraction.textOf(bytes("plain"))).contains("plain");
    assertThat(extraction.textOf(bytes("<html><title>no</title><body><p>a<p>b</body></html>")))
        .contains("a", "b")
        .doesNotContain("<p>");
  }

  @Test
  void aBrokenDocumentIsUnreadable() throws Exception {
    InProcessExtraction extraction = new InProcessExtraction();
    assertThatThrownBy(() -> extraction.textOf(bytes("%PDF-1.7\nthis is none")))
        .isInstanceOf(UnreadableException.class);
  }
}
