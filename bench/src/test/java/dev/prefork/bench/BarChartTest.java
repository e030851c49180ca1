package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static BarChart chart() {
    BarChart chart = new BarChart("requests/s", List.of("kept", "once"));
    chart.add("a & <b>", List.of(1_000.0, 250.0));
    chart.add("c", List.of(500.0, Double.NaN));
    return chart;
  }

  @Test
  void theLongestBarFillsTheWidthAndTheOthersAreInProportion() {
    assertThat(chart().toString())
        .contains("width=\"520\" height=\"12\"")
        .contains("width=\"130\" height=\"12\"")
        .contains("width=\"260\" height=\"12\"")
        .contains(">1000</text>")
        .contains(">250</text>")
        .contains(">500</text>");
  }

  @Test
  void whatIsUnknownHasNoBar() throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart().toString().getBytes(StandardCharsets.UTF_8)));
    int background = 1;
    int legend = 2;
    assertThat(document.getElementsByTagName("rect").getLength())
        .isEqualTo(background + legend + 3);
    assertThat(document.getDocumentElement().getTextContent()).contains("a & <b>");
  }

  @Test
  void aGroupHasAValueForEachSeries() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chart().add("d", List.of(1.0)))
        .withMessage("1 values for 2 series");
  }
}
