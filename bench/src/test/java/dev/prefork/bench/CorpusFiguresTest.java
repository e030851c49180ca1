package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusFiguresTest {
  private static Extraction good(double startS, double endS) {
    return new Extraction(DocumentKind.TEXT, startS, startS, endS, Outcome.OK);
  }

  /** Turned away until it was sent, and answered a second later. */
  private static Extraction late(double startS, double takenS) {
    return new Extraction(DocumentKind.TEXT, startS, takenS, takenS + 1, Outcome.OK);
  }

  private static Extraction lost(double startS, double endS) {
    return new Extraction(DocumentKind.PDF, startS, startS, endS, Outcome.RESET);
  }

  private static Extraction poison(double startS, double endS) {
    return new Extraction(DocumentKind.LOOP, startS, startS, endS, Outcome.EMPTY);
  }

  private static CorpusFigures figures(Extraction... extractions) {
    return new CorpusFigures("side", List.of(extractions), 3, 8);
  }

  @Test
  void goodDocumentsAreCountedByWhatBecameOfThem() {
    CorpusFigures figures =
        figures(good(0, 0.5), good(0, 2.5), lost(1, 2), good(1, 1.5), poison(0, 30));
    assertThat(figures.good()).isEqualTo(4);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.extractedPercent()).isEqualTo(75);
    assertThat(figures.late(Duration.ofSeconds(2))).isEqualTo(1);
    assertThat(figures.perMinute()).isEqualTo(6);
    assertThat(figures.longestS()).isEqualTo(30);
    assertThat(figures.percentileS(1)).isEqualTo(2.5);
  }

  @Test
  void silenceLastsFromOneAnswerToTheNextAndFromTheStart() {
    assertThat(figures(good(0, 2), good(0, 2.5), good(0, 6)).longestSilenceS()).isEqualTo(3.5);
    assertThat(figures(good(0, 4), good(0, 5)).longestSilenceS()).isEqualTo(4);
  }

  @Test
  void aGoodDocumentThatIsLostBreaksNoSilence() {
    assertThat(figures(good(0, 1), lost(1, 2), good(2, 3)).longestSilenceS()).isEqualTo(2);
    assertThat(figures(good(0, 1), lost(1, 4)).longestSilenceS()).isEqualTo(3);
    assertThat(figures(lost(0, 9)).longestSilenceS()).isEqualTo(9);
  }

  @Test
  void waitingForPoisonAloneIsNoSilence() {
    assertThat(figures(good(0, 1), poison(0, 60)).longestSilenceS()).isEqualTo(1);
  }

  @Test
  void theTimesInWhichSeveralClientsWereTurnedAwayCountOnce() {
    assertThat(figures(good(0, 1), poison(0, 60)).turnedAwayS()).isZero();
    assertThat(
            figures(good(0, 1), late(1, 3), late(4, 5), late(2, 3.5), good(2.5, 4)).turnedAwayS())
        .isEqualTo(3.5);
  }

  @Test
  void eachSecondHasItsAnswers() {
    CorpusFigures figures = figures(good(0, 0.2), good(0, 0.9), good(0, 2.1), poison(0, 3.5));
    assertThat(figures.eachSecond()).containsExactly(2.0, 0.0, 1.0, 0.0);
    assertThat(figures.lengthS()).isCloseTo(3.5, within(1e-9));
  }
}
