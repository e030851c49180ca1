package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
  private static HttpHead parse(String... lines) {
    byte[] bytes = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    assertThat(HttpHead.end(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    return HttpHead.parse(bytes, bytes.length);
  }

  @Test
  void statusLengthAndCloseAreReadWhateverTheCaseOfTheNames() {
    assertThat(parse("HTTP/1.1 200 OK", "Server: x", "content-length: 13", "CONNECTION: close"))
        .isEqualTo(new HttpHead(200, 13, true));
    assertThat(parse("HTTP/1.1 503 Sorry", "Content-Length:0", "Connection: keep-alive"))
        .isEqualTo(new HttpHead(503, 0, false));
  }

  @Test
  void aLengthThatIsMissingOrTooLongIsNone() {
    assertThat(parse("HTTP/1.1 200 OK", "X-Content-Length: 7").length()).isEqualTo(-1);
    assertThat(parse("HTTP/1.1 200 OK", "Content-Length: 99999999999").length()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1", "HTTP/1.0 200 OK", "hello, world"})
  void whatIsNoAnswerOfHttp11IsNonsense(String line) {
    assertThat(parse(line)).isEqualTo(HttpHead.NONSENSE);
  }

  @Test
  void theEndIsFoundThoughItComesInPieces() {
    byte[] bytes = "HTTP/1.1 200 OK\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII);
    int end = bytes.length - "body".length();
    for (int come = 0; come < end; come++) {
      assertThat(HttpHead.end(bytes, 0, come)).isEqualTo(-1);
    }
    assertThat(HttpHead.end(bytes, end - 1, bytes.length)).isEqualTo(end);
  }
}
