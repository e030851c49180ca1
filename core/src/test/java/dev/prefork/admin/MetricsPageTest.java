package dev.prefork.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.WorkerDeath.Cause;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPageTest {
  private final FakeView view = new FakeView();

  private String page(MetricsFormat format) {
    return MetricsPage.write(view, format);
  }

  @Test
  void prometheusHasTheEndingOfCountersInTheirNames() {
    assertThat(page(MetricsFormat.PROMETHEUS))
        .contains(
            """
            # HELP prefork_connections_total Connections accepted.
            # TYPE prefork_connections_total counter
            prefork_connections_total 7
            """)
        .contains(
            """
            # TYPE prefork_received_bytes_total counter
            prefork_received_bytes_total 700
            """)
        .contains("# TYPE prefork_build_info gauge\nprefork_build_info{version=")
        .doesNotContain("# UNIT")
        .doesNotContain("# EOF");
  }

  @Test
  void openMetricsHasUnitsAndAnEnd() {
    assertThat(page(MetricsFormat.OPENMETRICS))
        .contains(
            """
            # HELP prefork_received_bytes Bytes from clients.
            # TYPE prefork_received_bytes counter
            # UNIT prefork_received_bytes bytes
            prefork_received_bytes_total 700
            """)
        .contains("# TYPE prefork_build info\nprefork_build_info{version=")
        .endsWith("\n# EOF\n");
  }

  @Test
  void loadIsCountedAgainstCapacity() {
    assertThat(page(MetricsFormat.PROMETHEUS))
        .contains("prefork_workers{state=\"ready\"} 2\n", "prefork_workers{state=\"failed\"} 0\n")
        .contains("prefork_requests_in_progress 0\n", "prefork_requests_capacity 8\n")
        .contains("prefork_saturation_ratio 0.0000\n")
        .contains("prefork_queue_length{listener=\"127.0.0.1:1978\"} 5\n")
        .contains("prefork_queue_limit{listener=\"127.0.0.1:1978\"} 16\n")
        .contains("prefork_queue_wait_estimate_seconds 0.5\n")
        .contains("prefork_worker_resident_bytes{slot=\"1\"} 20971520\n")
        .contains("prefork_uptime_seconds 90\n", "prefork_generation 3\n");
  }

  @Test
  void aHistogramsBucketsAddUp() {
    assertThat(page(MetricsFormat.PROMETHEUS))
        .contains(
            """
            # TYPE prefork_request_duration_seconds histogram
            prefork_request_duration_seconds_bucket{le="0.000065536"} 0
            """)
        .contains("prefork_request_duration_seconds_bucket{le=\"0.001048576\"} 1\n")
        .contains("prefork_request_duration_seconds_bucket{le=\"2.147483648\"} 2\n")
        .contains(
            """
            prefork_request_duration_seconds_bucket{le="+Inf"} 2
            prefork_request_duration_seconds_sum 2.001
            prefork_request_duration_seconds_count 2
            """);
  }

  @Test
  void deathsAreCountedByCause() {
    view.causes = Map.of(Cause.OUT_OF_HEAP, 2L);
    assertThat(page(MetricsFormat.PROMETHEUS))
        .contains("prefork_worker_deaths_total{cause=\"out_of_heap\"} 2\n")
        .contains("prefork_worker_deaths_total{cause=\"crashed\"} 0\n");
  }

  @Test
  void labelsAreEscaped() {
    view.address = "a\\b\"c\nd";
    assertThat(page(MetricsFormat.PROMETHEUS)).contains("{listener=\"a\\\\b\\\"c\\nd\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|PROMETHEUS",
        "*/*|PROMETHEUS",
        "text/plain|PROMETHEUS",
        "application/openmetrics-text|OPENMETRICS",
        "application/openmetrics-text; version=0.0.1|PROMETHEUS",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,"
            + "*/*;q=0.2|OPENMETRICS",
        "application/openmetrics-text;q=0.1, text/plain|PROMETHEUS",
        "application/openmetrics-text;q=0|PROMETHEUS",
        "application/openmetrics-text;q=x|PROMETHEUS",
      })
  void theFormatIsWhatTheAcceptFieldPrefers(String accept, MetricsFormat format) {
    assertThat(MetricsFormat.wanted(accept)).isEqualTo(format);
  }
}
