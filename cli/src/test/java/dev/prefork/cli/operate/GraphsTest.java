package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphsTest {
  @Test
  void aBarIsFullOnlyIfAllIsAndEmptyOnlyIfNothingIs() {
    assertThat(Graphs.bar(0, 4, 4, false)).isEqualTo("....");
    assertThat(Graphs.bar(1, 1_000, 4, false)).isEqualTo("#...");
    assertThat(Graphs.bar(999, 1_000, 4, false)).isEqualTo("###.");
    assertThat(Graphs.bar(1_000, 1_000, 4, false)).isEqualTo("####");
    assertThat(Graphs.bar(2, 4, 4, true)).isEqualTo("██░░");
    assertThat(Graphs.bar(0, 0, 4, false)).isEqualTo("....");
    assertThat(Graphs.bar(5, 4, 4, false)).isEqualTo("####");
  }

  @Test
  void aSparklineShowsTheLastValuesOnTheirOwnScale() {
    assertThat(Graphs.sparkline(List.of(0L, 1L, 50L, 100L), 10, true)).isEqualTo(" ▁▄█");
    assertThat(Graphs.sparkline(List.of(0L, 1L, 50L, 100L), 2, true)).isEqualTo("▄█");
    assertThat(Graphs.sparkline(List.of(0L, 0L), 10, true)).isEqualTo("  ");
    assertThat(Graphs.sparkline(List.of(1L, 9L), 10, false)).isEqualTo(".@");
    assertThat(Graphs.sparkline(List.of(), 10, true)).isEmpty();
  }
}
