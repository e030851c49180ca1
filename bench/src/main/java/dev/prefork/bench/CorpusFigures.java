package dev.prefork.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a corpus has come to. Pure.
 *
 * @param side who served
 * @param extractions all that was sent
 * @param replaced processes that were started anew meanwhile
 * @param fewestWorkers that accepted meanwhile; NaN if nobody tells
 */
record CorpusFigures(
    String side, List<Extraction> extractions, long replaced, double fewestWorkers) {
  private static final double SECONDS_A_MINUTE = 60;

  CorpusFigures {
    extractions = List.copyOf(extractions);
  }

  /** Good documents. */
  int good() {
    return (int) extractions.stream().filter(Extraction::isGood).count();
  }

  /** Good documents whose text did not come. */
  int lost() {
    return good() - extracted().size();
  }

  private List<Extraction> extracted() {
    return extractions.stream().filter(Extraction::isExtracted).toList();
  }

  /** In per cent of the good ones. */
  double extractedPercent() {
    return 100.0 * extracted().size() / good();
  }

  /** Good documents whose text came, but took longer than this. */
  int late(Duration limit) {
    double limitS = limit.toNanos() / 1e9;
    return (int) extracted().stream().filter(one -> one.seconds() > limitS).count();
  }

  /** How long a good document took whose text came, in seconds. */
  double percentileS(double share) {
    return Statistics.percentile(extracted().stream().map(Extraction::seconds).toList(), share);
  }

  /** The longest that a document was under way, poison too, in seconds. */
  double longestS() {
    return extractions.stream().mapToDouble(Extraction::seconds).max().orElse(Double.NaN);
  }

  /** Good documents whose text came, until the last one of the corpus was over. */
  double perMinute() {
    return SECONDS_A_MINUTE * extracted().size() / lengthS();
  }

  /** From the first document to the end of the last, in seconds. */
  double lengthS() {
    return extractions.stream().mapToDouble(Extraction::endS).max().orElse(Double.NaN);
  }

  /**
   * The longest time, in seconds, in which no good document was answered by its text. It can't be
   * the time after the last good one: nobody asked for text any more.
   */
  double longestSilenceS() {
    double lastGoodS =
        extractions.stream()
            .filter(Extraction::isGood)
            .mapToDouble(Extraction::endS)
            .max()
            .orElse(0);
    double silence = 0;
    double lastS = 0;
    for (double answeredS : answersS()) {
      silence = Math.max(silence, answeredS - lastS);
      lastS = answeredS;
    }
    return Math.max(silence, lastGoodS - lastS);
  }

  /** How long, in seconds, some client was refused or turned away, and asked again. */
  double turnedAwayS() {
    double totalS = 0;
    double countedS = 0;
    for (Extraction one :
        extractions.stream().sorted(Comparator.comparingDouble(Extraction::startS)).toList()) {
      totalS += Math.max(0, one.takenS() - Math.max(one.startS(), countedS));
      countedS = Math.max(countedS, one.takenS());
    }
    return totalS;
  }

  private List<Double> answersS() {
    return extracted().stream().map(Extraction::endS).sorted().toList();
  }

  /** Good documents answered by their text in each second, from the first on. */
  List<Double> eachSecond() {
    int seconds = (int) Math.ceil(lengthS());
    List<Double> counts = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      int from = second;
      counts.add((double) answersS().stream().filter(at -> (int) (double) at == from).count());
    }
    return counts;
  }
}
