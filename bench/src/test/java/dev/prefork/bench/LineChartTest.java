package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LineChartTest {
  private static NodeList elements(LineChart chart, String name) throws Exception {
    byte[] svg = chart.toString().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getElementsByTagName(name);
  }

  private static List<String> texts(LineChart chart) throws Exception {
    NodeList found = elements(chart, "text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void eachLineHasAPointForEachValueFromTheBottomToTheTop() throws Exception {
    LineChart chart =
        new LineChart(
            "answers",
            "seconds",
            List.of(
                new LineChart.Line("one", List.of(0.0, 20.0)),
                new LineChart.Line("two", List.of(10.0, 0.0, 10.0, 0.0))));
    NodeList lines = elements(chart, "polyline");
    assertThat(lines.getLength()).isEqualTo(2);
    assertThat(((Element) lines.item(0)).getAttribute("points")).isEqualTo("50.0,250.0 222.5,60.0");
    assertThat(((Element) lines.item(1)).getAttribute("points"))
        .isEqualTo("50.0,155.0 222.5,250.0 395.0,155.0 567.5,250.0");
    assertThat(texts(chart)).contains("answers", "seconds", "one", "two", "20", "4");
  }

  @Test
  void theAxisEndsAtARoundNumberNotBelowTheLargestValue() throws Exception {
    for (String[] most : new String[][] {{"3", "4"}, {"17", "20"}, {"21", "40"}, {"900", "2000"}}) {
      List<Double> values = List.of(Double.valueOf(most[0]));
      LineChart chart = new LineChart("", "", List.of(new LineChart.Line("", values)));
      assertThat(texts(chart)).as(most[0]).contains(most[1]);
    }
  }
}
