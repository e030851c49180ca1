package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
  private static long pidOf(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    return Greeting.pidOf(bytes, bytes.length);
  }

  @Test
  void theExpectedAnswerNamesItsProcess() {
    assertThat(pidOf("Hello bob, this is PID 4711\n(HELLO \"w\" 1/2 FOO)")).isEqualTo(4711);
  }

  @Test
  void bytesOfAnEarlierAnswerBehindThisOneDoNotCount() {
    byte[] bytes =
        "Hello bob, this is PID 7\n(HELLO \"w\" 1/2 FOO) 1/2 FOO)"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(Greeting.pidOf(bytes, bytes.length - " 1/2 FOO)".length())).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hello bob",
        "Hello bob, this is PID \n(HELLO \"w\" 1/2 FOO)",
        "Hello bob, this is PID 47x1\n(HELLO \"w\" 1/2 FOO)",
        "Hello bob, this is PID 12345678901\n(HELLO \"w\" 1/2 FOO)",
        "Hello bob, this is PID 4711\n(HELLO \"w\" 1/2 FO",
        "Hello bob, this is PID 4711\n(HELLO \"w\" 1/2 FOO)\n",
        "Sorry bob, this is PID 4711\n(:READ-ERROR \"end of file\")"
      })
  void anythingElseIsNotTheExpectedAnswer(String answer) {
    assertThat(pidOf(answer)).isZero();
  }

  @Test
  void theAnswerOfAProcessIsTheExpectedOne() {
    byte[] answer = Greeting.answer(4711);
    assertThat(Greeting.pidOf(answer, answer.length)).isEqualTo(4711);
  }
}
