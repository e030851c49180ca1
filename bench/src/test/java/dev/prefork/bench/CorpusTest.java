package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final List<String> LINES = List.of("first line", "this was document 7");

  @Test
  void oneInFiftyIsPoisonAThirdOfEachKindAnywhere() {
    List<Document> corpus = Corpus.of(3_000, 1);
    assertThat(corpus).hasSize(3_000);
    assertThat(
            corpus.stream()
                .map(Document::kind)
                .filter(kind -> !kind.isGood())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
        .isEqualTo(
            DocumentKind.POISON.stream()
                .collect(Collectors.toMap(Function.identity(), kind -> 20L)));
    assertThat(corpus.subList(0, 1_000)).anyMatch(document -> !document.kind().isGood());
    assertThat(corpus.subList(2_000, 3_000)).anyMatch(document -> !document.kind().isGood());
    assertThat(Corpus.good(100, 1)).allMatch(document -> document.kind().isGood());
  }

  @Test
  void theSameSeedMakesTheSameCorpus() {
    List<byte[]> first = Corpus.of(200, 5).stream().map(Document::request).toList();
    List<byte[]> second = Corpus.of(200, 5).stream().map(Document::request).toList();
    List<byte[]> other = Corpus.of(200, 6).stream().map(Document::request).toList();
    assertThat(Arrays.deepEquals(first.toArray(), second.toArray())).isTrue();
    assertThat(Arrays.deepEquals(first.toArray(), other.toArray())).isFalse();
  }

  @Test
  void theTableOfAPdfSaysWhereEachObjectBegins() {
    String pdf = new String(DocumentKind.PDF.documentOf(LINES), StandardCharsets.US_ASCII);
    assertThat(pdf).startsWith("%PDF-1.4\n").contains("(this was document 7) Tj");
    int table = Integer.parseInt(pdf.lines().toList().reversed().get(1));
    assertThat(pdf.substring(table)).startsWith("xref\n0 6\n");
    Matcher entries = Pattern.compile("(\\d{10}) 00000 n \n").matcher(pdf);
    int objects = 0;
    while (entries.find()) {
      objects++;
      assertThat(pdf.substring(Integer.parseInt(entries.group(1)))).startsWith(objects + " 0 obj");
    }
    assertThat(objects).isEqualTo(5);
    String stream = pdf.substring(pdf.indexOf("stream\n") + 7, pdf.indexOf("\nendstream"));
    assertThat(pdf).contains("/Length " + stream.length() + " ");
  }

  @Test
  void aDocxDoesNotTellWhenItWasMade() throws Exception {
    byte[] docx = DocumentKind.DOCX.documentOf(LINES);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        assertThat(e.getTimeLocal()).isEqualTo("2000-01-01T00:00:00");
      }
    }
  }

  @Test
  void aDocxHasThePartsThatAReaderLooksForAllOfThemXml() throws Exception {
    byte[] docx = DocumentKind.DOCX.documentOf(LINES);
    StringBuilder names = new StringBuilder();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.append(e.getName()).append(' ');
        String text =
            DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(zip.readAllBytes()))
                .getDocumentElement()
                .getTextContent();
        assertThat(text).isIn("", "first linethis was document 7");
      }
    }
    assertThat(names).hasToString("[Content_Types].xml _rels/.rels word/document.xml ");
  }

  @Test
  void anAnswerCountsOnlyIfItEndsAsTheDocumentDoes() {
    Document document = new Document(DocumentKind.TEXT, new byte[] {'a'}, "end");
    assertThat(new String(document.request(), StandardCharsets.US_ASCII))
        .isEqualTo("PUT /tika HTTP/1.0\r\nAccept: text/plain\r\nContent-Length: 1\r\n\r\na");
    assertThat(outcome(document, "HTTP/1.1 200 OK\r\n\r\nall to the end\n\n"))
        .isEqualTo(Outcome.OK);
    assertThat(outcome(document, "HTTP/1.1 200 OK\r\n\r\nhalf")).isEqualTo(Outcome.WRONG);
    assertThat(outcome(document, "HTTP/1.1 503 No\r\n\r\nend")).isEqualTo(Outcome.WRONG);
    assertThat(outcome(document, "")).isEqualTo(Outcome.EMPTY);
  }

  private static Outcome outcome(Document document, String answer) {
    return document.outcomeOf(answer.getBytes(StandardCharsets.UTF_8));
  }
}
